-- One string that does not fit.
-- ends: limit-memory
return ('x'):rep(1 << 30)
