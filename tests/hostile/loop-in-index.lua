-- Looking for a field, through a chain without end.
-- ends: limit-seconds
local t = {}
setmetatable(t, { __index = function(_, k) return t[k .. ''] and t[k] end })
for _ = 1, math.maxinteger do pcall(function() return t.x end) end
