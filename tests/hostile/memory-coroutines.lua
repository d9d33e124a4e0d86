-- Coroutines that wait for ever.
-- ends: limit-memory
local all = {}
while true do
  all[#all + 1] = coroutine.wrap(function() coroutine.yield() end)
  all[#all]()
end
