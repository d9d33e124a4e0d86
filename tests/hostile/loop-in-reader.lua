-- load asks a function for text, for ever.
-- ends: limit-seconds
load(function() return ' ' end)
