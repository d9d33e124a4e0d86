-- An error in the handler of an error in a handler.
-- ends: plugin|nothing
local function h(e) error(e) end
for _ = 1, 50 do xpcall(error, h, 'x') end
return xpcall(h, h)
