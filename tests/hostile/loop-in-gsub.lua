-- A replacement that loops.
-- ends: limit-seconds
return (('x'):gsub('.', function() while true do end end))
