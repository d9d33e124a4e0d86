-- A __gc that is false marks the object all the same.
-- ends: plugin
local meta = { __gc = false }
setmetatable({}, meta)
meta.__gc = function() while true do end end
