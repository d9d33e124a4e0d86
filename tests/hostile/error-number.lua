-- An error that is a number, and not one.
-- ends: plugin
error(0 / 0)
