-- returns a body that is a part of itself.
-- ends: plugin
local body = {}
body[1] = body
return { draft = true, body = body }
