-- A list whose items are another's business.
-- ends: plugin
return setmetatable({}, { __len = function() return 3 end, __index = coroutine.yield })
