-- utf8.codes over bytes that are no text.
-- ends: nothing
pcall(function() for _, c in utf8.codes('ab\xff\xfe\x80') do assert(c) end end)
