-- A loop without end.
-- ends: limit-seconds
repeat local x = 1 until x == 2
