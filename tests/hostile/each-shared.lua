-- One table in every item, which doubles at each level.
-- ends: plugin|limit-memory|limit-seconds
local item = { "x" }
for _ = 1, 30 do item = { item, item } end
return { item }
