-- A byte at a time, a billion times.
-- load: nothing; render: limit-output|limit-seconds
while out do out:write 'x' end
