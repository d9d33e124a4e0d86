-- A path that somebody else is to tell.
-- ends: plugin
return coroutine.yield "x.txt"
