-- An error that yields when it is told.
-- ends: plugin
error(setmetatable({}, { __tostring = coroutine.yield }))
