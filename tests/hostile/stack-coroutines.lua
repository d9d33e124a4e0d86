-- Coroutines in coroutines in coroutines.
-- ends: plugin|crash
local function f() return coroutine.wrap(f)() end
f()
