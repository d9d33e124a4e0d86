-- asks a file for lines that it does not have, for ever.
-- ends: limit-seconds
while true do for _ in source:lines() do end end
