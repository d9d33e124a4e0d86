-- print is given what cannot be printed.
-- ends: plugin
print(setmetatable({}, { __tostring = function() return nil end }))
