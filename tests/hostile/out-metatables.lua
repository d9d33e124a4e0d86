-- The metatable of all strings, and those of the host.
-- ends: nothing
assert(getmetatable('') == false)
assert(not pcall(setmetatable, '', {}) and not pcall(setmetatable, print, {}))
for _, value in ipairs { 0, true, print, coroutine.running() } do
  assert(getmetatable(value) == nil)
end
for _, value in ipairs { article or {}, site or {}, out or {} } do
  assert(not getmetatable(value))
end
