-- string.pack and unpack beyond all measures.
-- ends: nothing
local formats = { '!16i16', 's16', 'z', 'c999999', '!99', 'i17', 'Xi', 's1', '>I16<I16=',
                  'j' .. ('x'):rep(1e5), 'c' .. ('9'):rep(40) }
for _, format in ipairs(formats) do
  pcall(string.pack, format, 1)
  pcall(string.pack, format, ('x'):rep(300))
  pcall(string.packsize, format)
  pcall(string.unpack, format, ('\xff'):rep(99), -1)
  pcall(string.unpack, format, ('\xff'):rep(99), 1 << 62)
end
