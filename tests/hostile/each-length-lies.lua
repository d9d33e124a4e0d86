-- A list that says it is as long as there are numbers.
-- ends: plugin
return setmetatable({ "a" }, { __len = function() return math.maxinteger end })
