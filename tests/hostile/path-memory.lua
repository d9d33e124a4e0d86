-- A path that fills all memory.
-- ends: limit-memory|plugin|bad-path
return ("x"):rep(60 << 20)
