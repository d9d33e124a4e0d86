-- Memory runs out, is caught, runs out again.
-- ends: limit-seconds|limit-memory
while true do pcall(string.rep, 'x', 60 << 20) pcall(string.rep, 'x', 1 << 40) end
