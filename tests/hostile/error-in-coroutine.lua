-- An error that comes out of coroutines.
-- ends: plugin
coroutine.wrap(function() coroutine.wrap(function() error 'inside' end)() end)()
