-- One expression of many long strings.
-- ends: limit-memory
local s = ('x'):rep(1 << 22)
return load('local s = ... return s' .. (' .. s'):rep(30))(s)
