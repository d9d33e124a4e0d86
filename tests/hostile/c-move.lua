-- table.move over a range without end.
-- ends: limit-seconds
local swallow = setmetatable({}, { __newindex = function() end })
table.move({}, 1, math.maxinteger - 1, 2, swallow)
