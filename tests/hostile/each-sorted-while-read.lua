-- An item whose list grows while it is read.
-- ends: plugin
local list = {}
return setmetatable(list, {
  __len = function() return 50 end,
  __index = function(t, i) for k = 1, i do rawset(t, k + i, k) end return nil end,
})
