-- A check that is never resumed.
-- ends: plugin
coroutine.yield(warn)
