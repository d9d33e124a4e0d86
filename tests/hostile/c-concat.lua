-- table.concat of what a function in C makes up.
-- ends: limit-seconds|limit-memory|plugin
local endless = setmetatable({}, { __index = function() return '' end })
return table.concat(endless, '', 1, math.maxinteger - 1)
