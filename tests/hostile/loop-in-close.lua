-- A variable whose closing never ends.
-- ends: limit-seconds
local x <close> = setmetatable({}, { __close = function() while true do end end })
error 'left'
