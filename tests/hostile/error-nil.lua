-- error(nil)
-- ends: plugin
error()
