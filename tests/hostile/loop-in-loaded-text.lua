-- The loop is in text that is loaded.
-- ends: limit-seconds
load('while true do end')()
