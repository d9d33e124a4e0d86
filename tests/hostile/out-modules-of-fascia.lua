-- What lies behind the library.
-- ends: nothing
local fascia = require 'fascia'
assert(not pcall(function() return fascia.template.file('../../../etc/passwd') end))
assert(not pcall(function() return fascia.template.file('/etc/passwd') end))
assert(not pcall(function() return fascia.template.file('templates/../../x') end))
assert(not pcall(function() return fascia.template.file('a\0b') end))
assert(not pcall(function() return fascia.template.file(('x/'):rep(1e5)) end))
assert(not pcall(fascia.template, '{% include "/../../etc/passwd" %}', 'x.html'))
assert(not pcall(fascia.template, '{% layout "../../../../etc/passwd" %}', 'x.html'))
assert(rawget(_G, 'core') == nil)
