-- A list that has an item wherever one looks, each larger than the last.
-- ends: plugin|limit-memory
return setmetatable({}, {
  __len = function() return 100000 end,
  __index = function(_, i) return { key = "k" .. i, text = ("x"):rep(i * 1000) } end,
})
