-- Every error is caught, and then it goes on.
-- ends: limit-seconds
while true do
  pcall(function() while true do end end)
end
