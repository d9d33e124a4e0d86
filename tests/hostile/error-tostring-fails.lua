-- An error that cannot be told.
-- ends: plugin
error(setmetatable({}, { __tostring = function() error 'no' end }))
