-- __tostring that needs itself.
-- ends: plugin
return tostring(setmetatable({}, { __tostring = function(s) return tostring(s) .. '' end }))
