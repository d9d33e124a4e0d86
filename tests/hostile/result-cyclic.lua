-- A result that holds itself.
-- ends: nothing|plugin
local t = {} t.t = t t[1] = t t[print] = 0 / 0 t[1.5] = t return t
