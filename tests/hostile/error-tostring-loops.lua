-- An error that tells itself for ever.
-- ends: plugin
error(setmetatable({}, { __tostring = function() while true do end end, __name = 'x' }))
