-- The limit is reached, caught, and tried again.
-- load: nothing; render: limit-output|limit-seconds
for _ = 1, out and 1000 or 0 do pcall(out.write, out, ('x'):rep(1 << 20)) end
