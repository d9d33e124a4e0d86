-- returns more keys than anybody reads.
-- ends: plugin
local meta = {}
for i = 1, 1e5 do meta["k" .. i] = { [tostring(i)] = i } end
return { draft = true, meta = { all = meta } }
