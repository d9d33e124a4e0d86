-- A template that loops.
-- ends: limit-seconds
local nowhere = { write = print, escape = print, json = print }
require('fascia').template('{% while true do end %}', 'x.html')(out or nowhere, {})
