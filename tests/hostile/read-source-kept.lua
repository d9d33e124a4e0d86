-- uses what an earlier reading was given.
-- ends: nothing
kept = kept or { source = source, slice = source:slice(2), next = source:lines() }
local line = kept.slice
return { draft = true, title = line, body = { line, kept.source:slice(1, 1) },
  meta = { number = line.number, column = line.column, next = kept.next() } }
