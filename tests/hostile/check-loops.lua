-- A check that goes on when it was stopped.
-- ends: limit-seconds
while true do xpcall(error, function() while true do pcall(warn, article, "w") end end) end
