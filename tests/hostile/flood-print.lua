-- print without end.
-- ends: limit-seconds
while true do print(('p'):rep(10000)) end
