-- Whether there is anything to make is decided by nobody.
-- ends: plugin
coroutine.yield(true)
