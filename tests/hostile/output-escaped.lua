-- More than may be written, once it is escaped.
-- load: nothing; render: limit-output
while out do out:escape('html', ('<'):rep(1 << 16)) end
