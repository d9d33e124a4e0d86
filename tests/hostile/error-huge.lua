-- An error of many megabytes.
-- ends: plugin
error(('long '):rep(4e6))
