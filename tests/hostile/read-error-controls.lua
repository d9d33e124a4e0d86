-- says what is wrong in a way that drives a terminal.
-- ends: hostile
source:error(source:slice(4), "\27[2J\r\n\0" .. ("x"):rep(1e6))
