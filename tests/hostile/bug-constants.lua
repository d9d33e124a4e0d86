-- A constant that is folded wrong.
-- ends: nothing
local x = 1 ~ (2 or 3) assert(math.type(x) == 'integer')
