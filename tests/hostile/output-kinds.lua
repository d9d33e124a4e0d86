-- A template made of hostile text.
-- ends: nothing|plugin
local template = require('fascia').template
local sources = {
  '{{', '}}', '{%', '{% end %}', '{{ x', '{{ "}}" }}', '{% for %}', '{% while true do', '{{{', '{#',
  '{{}}', '{% x %}' .. ('{{ a }}'):rep(2000), '<script>{{ x }}</script>', '<a href={{ x }}>',
  '<!--{{ x }}', '{% include x %}', '{% layout %}', ('<'):rep(1e5), '{{ ]] }}',
  '{% end end end %}', '{{ 1) os.exit( }}', '\0{{ a }}\27',
}
for _, source in ipairs(sources) do
  pcall(function() return template(source, 'x.html')(out, {}) end)
  pcall(function() return template(source, 'x.txt')(out, {}) end)
end
