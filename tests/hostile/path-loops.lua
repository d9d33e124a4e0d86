-- A path that is never told.
-- ends: limit-seconds
repeat local _ = pcall(error) until false
