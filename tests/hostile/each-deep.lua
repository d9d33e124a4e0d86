-- An item that is nested deeper than C can follow.
-- ends: plugin
local item = {}
for _ = 1, 300000 do item = { item } end
return { item }
