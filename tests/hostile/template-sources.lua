-- Templates that are no templates, or would be Lua.
-- ends: nothing|limit-seconds
local template = require("fascia").template
local sources = {
  "{{ 1 }} {% end return load %}", "{% end %}", "{% for %}", "{{ }}", "{{", "{%", "{{{ 1 }}", "\0{{ 1 }}\0",
  "{% local function f() return f() + 1 end f() %}", "{{ ]] }}", "]] .. load .. [[", "]=]{{ 1 }}]==]",
  "{% goto x %}{% ::x:: %}", "{{ _ENV.load }}{{ _G }}{{ debug }}{{ os }}", "{% _ENV = nil %}{{ x }}",
  "{{ (function() while false do end end)() }}", "{% include 'x' %}", "{% layout '../../x' %}",
  ("{{ x }}"):rep(500), ("{% if true %}"):rep(300), ("{% for i = 1, 1 do %}"):rep(250),
  ("<a href='"):rep(20000), "<script>" .. ("{{ x }}"):rep(100), ("("):rep(100000), "{{ " .. ("("):rep(5000),
  "\xff{{ 1 }}", "{# " .. ("{#"):rep(10000), "{% block 'a' %}{% block 'a' %}{% end %}{% end %}",
}
for i, source in ipairs(sources) do
  pcall(function()
    local t = template(source, "t" .. i .. ".html")
    for _, variables in ipairs { {}, { x = site }, { x = print }, setmetatable({}, { __index = error }) } do
      pcall(t, out, variables)
      pcall(t, variables)
    end
  end)
end
