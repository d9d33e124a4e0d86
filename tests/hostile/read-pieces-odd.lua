-- gives pieces whose parts are no numbers and whose text is none.
-- ends: plugin
local line = source:slice(1)
line[1], line[2], line[3], line.text = {}, "x", source, 7
return { draft = true, title = line, body = line }
