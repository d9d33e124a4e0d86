-- A message handler that does not return.
-- ends: limit-seconds
while true do
  xpcall(error, function() while true do end end, 'x')
end
