-- returns few tables that are very many values.
-- ends: plugin
local value = {}
for _ = 1, 30 do value = { value, value } end
return { draft = true, meta = { value = value } }
