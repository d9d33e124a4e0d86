-- says what is wrong with the file, and then fails otherwise.
-- ends: plugin
pcall(source.error, source, 1, "this is wrong")
error("no, that")
