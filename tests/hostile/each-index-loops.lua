-- A list whose items are never found.
-- ends: limit-seconds
return setmetatable({}, { __len = function() return 3 end, __index = function() while true do end end })
