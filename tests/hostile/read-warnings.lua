-- warns of everything.
-- ends: nothing
for i = 1, 1e4 do source:warn(math.maxinteger - i, "\27[2J" .. i) end
