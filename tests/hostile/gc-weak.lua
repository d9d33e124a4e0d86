-- Weak tables of all kinds, filled while they are cleared.
-- ends: nothing
for _, mode in ipairs { 'k', 'v', 'kv' } do
  local weak = setmetatable({}, { __mode = mode })
  for i = 1, 2e4 do weak[{ i }] = { i } weak[i] = {} end
end
