-- A new coroutine each time that one died.
-- ends: limit-seconds
while true do
  local one = coroutine.create(function()
    local ok = pcall(function() while true do coroutine.yield() end end)
    error(ok)
  end)
  for _ = 1, 100 do coroutine.resume(one) end
  coroutine.close(one)
end
