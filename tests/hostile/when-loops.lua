-- Whether there is anything to make takes for ever.
-- ends: limit-seconds
while true do xpcall(error, function() while true do end end) end
