-- Recursion through C.
-- ends: plugin
local function f() return (('a'):gsub('a', f)) .. 'b' end
f()
