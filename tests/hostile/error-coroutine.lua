-- An error that is a coroutine.
-- ends: plugin
error(coroutine.create(print))
