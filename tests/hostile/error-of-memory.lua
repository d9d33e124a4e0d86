-- The text that Lua itself uses.
-- ends: limit-memory
error('not enough memory', 0)
