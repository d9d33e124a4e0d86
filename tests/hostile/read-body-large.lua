-- makes a body of a hundred megabytes out of nine bytes.
-- ends: plugin|limit-memory|limit-seconds
local line, body = ("*a "):rep(1e5), {}
for i = 1, 350 do body[i] = line end
return { draft = true, body = body }
