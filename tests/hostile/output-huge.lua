-- More than may be written, at once.
-- load: nothing; render: limit-output
return out and out:write(('x'):rep(20 << 20))
