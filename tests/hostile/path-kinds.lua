-- A path that is only told when asked.
-- ends: plugin
return setmetatable({}, { __tostring = function() return "x.txt" end, __name = "string" })
