-- Closures that hold one another.
-- ends: limit-memory
local f while true do local g = f f = function() return g end end
