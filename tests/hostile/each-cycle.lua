-- Items that hold themselves and each other.
-- ends: plugin
local a, b = { key = "a" }, { key = "b" }
a.b, b.a, a.a = b, a, a
return { a, b }
