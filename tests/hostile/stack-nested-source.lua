-- Source that nests deeper than any parser likes.
-- ends: nothing
local openings = {
  '(', '{', '[', 'f(', 'f{', 'a[', 'not ', '-', '~', '2^', '1..', 'function() return ',
  'if x then ', 'while x do ', 'repeat ', 'for i=1,2 do ', 'local function f() ', 'goto x ', '::',
  '"\\', '--[[',
}
for _, opening in ipairs(openings) do
  load(opening:rep(50000))
  load('return ' .. opening:rep(195))
end
