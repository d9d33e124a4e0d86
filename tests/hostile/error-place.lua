-- An error that claims another place.
-- ends: plugin
error('content/a.md:1:1: error: not mine [x]', 0)
