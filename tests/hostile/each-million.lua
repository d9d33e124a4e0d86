-- A million items.
-- ends: plugin
local items = {}
for i = 1, 1000000 do items[i] = i end
return items
