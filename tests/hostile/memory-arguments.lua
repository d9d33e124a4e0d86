-- As many arguments as the stack holds.
-- ends: nothing|plugin|limit-memory|limit-seconds
local many = table.pack(table.unpack({}, 1, 999000))
pcall(string.char, table.unpack(many, 1, 999000))
pcall(math.max, table.unpack(many, 1, many.n))
