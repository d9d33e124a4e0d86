-- A path function that writes, and keeps what it was given.
-- ends: plugin
if kept then pcall(function() return kept.title end) end
kept = article
out:write "x"
