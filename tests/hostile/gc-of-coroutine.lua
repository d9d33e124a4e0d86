-- A coroutine is dropped with something left to close.
-- ends: nothing
for _ = 1, 1000 do
  coroutine.wrap(function()
    local x <close> = setmetatable({}, { __close = function() while true do end end })
    coroutine.yield()
  end)()
end
