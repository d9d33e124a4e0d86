-- More than may be written, as JSON.
-- load: nothing; render: limit-output
while out do out:json { ('x'):rep(1 << 16) } end
