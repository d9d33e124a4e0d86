-- The same, caught.
-- ends: limit-seconds
while true do pcall(string.rep, '', 1 << 61) end
