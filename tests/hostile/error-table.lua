-- An error that is a table with everything in it.
-- ends: plugin
local e = {} e.e = e error(setmetatable(e, { __index = e, __metatable = e }))
