-- table.insert believes a length.
-- ends: limit-seconds
local endless = setmetatable({}, { __len = function() return math.maxinteger - 1 end })
table.insert(endless, 1, 0)
