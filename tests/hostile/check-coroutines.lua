-- Warns in coroutines that run, that end, and that are closed.
-- ends: nothing
for _ = 1, 3 do coroutine.wrap(function() warn(article, "wrapped") end)() end
local sleeper = coroutine.create(function()
  local _ <close> = setmetatable({}, { __close = function() warn(article, "closed") end })
  coroutine.yield()
end)
coroutine.resume(sleeper)
coroutine.close(sleeper)
