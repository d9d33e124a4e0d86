-- A handler's place is taken while a coroutine is closed.
-- ends: nothing|crash|plugin
for _ = 1, 100 do
  local one = coroutine.create(function()
    local x <close> = setmetatable({}, { __close = function() error {} end })
    xpcall(function() coroutine.yield() end, function() return {} end)
    coroutine.yield()
  end)
  coroutine.resume(one)
  coroutine.close(one)
end
