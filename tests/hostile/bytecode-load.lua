-- Bytecode that load must not take.
-- ends: nothing
local chunk = '\27Lua\x54\0\x19\x93\r\n\x1a\n\4\8\8\x78\x56' .. ('\0'):rep(200)
for _, mode in ipairs { 'b', 'bt', 't', '', 'tb' } do assert(not load(chunk, 'x', mode)) end
assert(not load(chunk))
local rest = chunk
local function reader()
  local first = rest:sub(1, 1)
  rest = rest:sub(2)
  return first
end
assert(not load(reader, 'x', 'b'))
