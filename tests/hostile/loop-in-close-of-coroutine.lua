-- coroutine.close runs what is to be closed.
-- ends: limit-seconds
local one = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function() while true do end end })
  coroutine.yield()
end)
coroutine.resume(one)
coroutine.close(one)
