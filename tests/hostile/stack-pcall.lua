-- Recursion through pcall.
-- ends: plugin|nothing|limit-seconds
local function f() local ok, m = pcall(f) return ok, m end
assert(f())
