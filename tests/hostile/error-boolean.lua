-- An error that is false.
-- ends: plugin
error(false, 2)
