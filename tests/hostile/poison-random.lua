-- The generator is seeded, and drained.
-- ends: nothing
math.randomseed(42) for _ = 1, 1e4 do math.random(0) end
