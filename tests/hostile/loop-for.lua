-- A loop that is over after the sun.
-- ends: limit-seconds
for i = math.mininteger, math.maxinteger do local _ = i end
