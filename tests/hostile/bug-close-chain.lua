-- A chain of coroutines, each of which closes the one before.
-- ends: crash|nothing|plugin|limit-memory
local last
for _ = 1, 40000 do
  local before = last
  local closing = setmetatable({}, { __close = function()
    return before and coroutine.close(before)
  end })
  last = coroutine.create(function()
    local x <close> = closing
    coroutine.yield()
  end)
  coroutine.resume(last)
end
coroutine.close(last)
