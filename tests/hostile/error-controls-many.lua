-- An error whose control characters, written as escapes, are many times as long.
-- ends: plugin
error(('\1'):rep(1e5))
