-- table.sort believes a length.
-- ends: limit-seconds|plugin|limit-memory
table.sort(setmetatable({}, {
  __len = function() return 2147483646 end,
  __index = function() return 1 end,
}))
