-- Every function of every library is replaced.
-- load: nothing; render: nothing|plugin
for _, library in ipairs { string, table, math, utf8, coroutine, require 'fascia' } do
  local names = {}
  for name in pairs(library) do names[#names + 1] = name end
  for _, name in ipairs(names) do library[name] = function() return 'poison' end end
end
for _, name in ipairs { 'pairs', 'ipairs', 'next', 'type', 'tostring', 'error', 'assert' } do
  _G[name] = nil
end
