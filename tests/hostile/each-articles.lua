-- The whole site in every item, a hundred times over.
-- ends: nothing|plugin|limit-memory|limit-seconds
local items = {}
for i = 1, 1000 do
  items[i] = { key = "k" .. i }
  for k = 1, 100 do items[i][k] = site:articles() end
end
return items
