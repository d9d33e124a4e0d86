-- returns what is no text.
-- ends: plugin
return { draft = true, title = "\xff\xfe\0", body = "\x80" }
