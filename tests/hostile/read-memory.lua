-- makes a body that no machine holds.
-- ends: plugin|limit-memory|limit-seconds
local body = {}
for i = 1, 1e9 do body[i] = source:slice(1) end
return { draft = true, body = body }
