-- A finalizer that loops when the state is closed.
-- ends: plugin
kept = setmetatable({}, { __gc = function() while true do end end })
