-- The widest table.unpack, again and again.
-- ends: limit-seconds|nothing
for _ = 1, 1e4 do pcall(table.unpack, {}, 1, 999990) end
