-- A coroutine that never yields.
-- ends: limit-seconds
coroutine.wrap(function() while true do end end)()
