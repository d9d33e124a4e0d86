-- A stack as deep as it may be, and varargs as wide.
-- ends: plugin|limit-memory
local function f(...) return 1 + f(1, ...) end
f()
