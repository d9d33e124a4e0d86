-- utf8 over huge ranges and broken bytes.
-- ends: nothing|limit-seconds
local texts = { ('\xf8'):rep(1e5), ('\x80'):rep(1e5), ('\u{7fffffff}'):rep(1e4), '\xed\xa0\x80' }
for _, text in ipairs(texts) do
  for _, f in ipairs { utf8.len, utf8.codepoint, utf8.offset } do
    pcall(f, text, 1, -1)
    pcall(f, text, 1, -1, true)
    pcall(f, text, math.mininteger)
    pcall(f, text, math.maxinteger, 1)
  end
  for _, lax in ipairs { false, true } do
    pcall(function() for _ in utf8.codes(text, lax) do end end)
  end
end
pcall(utf8.char, math.maxinteger)
pcall(utf8.char, -1)
