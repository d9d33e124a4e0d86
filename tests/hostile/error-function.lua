-- An error that is a function.
-- ends: plugin
error(print)
