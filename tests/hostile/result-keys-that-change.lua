-- Keys that a metatable claims.
-- ends: nothing|plugin
local json = require('fascia').json
local metas = {
  { __keys = { 1, 2, {} } }, { __keys = 'x' }, { __keys = setmetatable({}, { __index = error }) },
  { __array = true, __keys = {} }, { __array = 0, __len = function() return 1 << 40 end },
}
for _, meta in ipairs(metas) do
  pcall(json, setmetatable({ a = 1, 2, 3 }, meta))
  pcall(json, setmetatable({}, meta), 1 << 40)
  pcall(json, setmetatable({}, meta), -1)
end
return json(setmetatable({}, { __keys = { 1 } }))
