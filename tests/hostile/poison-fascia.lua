-- What the library gives to the next who requires it.
-- ends: nothing
local fascia = require 'fascia'
for _, name in ipairs { 'json', 'csv', 'html', 'xml', 'url', 'date', 'slug', 'template', 'text' } do
  fascia[name] = function() return 'poison' end
  pcall(function() require('fascia.' .. name).poison = true end)
end
setmetatable(fascia, nil)
