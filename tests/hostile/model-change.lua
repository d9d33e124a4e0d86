-- Everything in reach is changed.
-- ends: nothing
if not article then return end
local assign = function(value, key) value[key] = 'poison' end
for _, value in ipairs { article, site, out, options, article.faq, article.meta } do
  assert(not pcall(assign, value, 'title') and not pcall(assign, value, 1))
  assert(not pcall(rawset, value, 'title', 'poison') and not pcall(setmetatable, value, {}))
  pcall(table.insert, value, 1)
  pcall(table.sort, value)
  pcall(table.remove, value)
  pcall(table.move, value, 1, 2, 2)
end
