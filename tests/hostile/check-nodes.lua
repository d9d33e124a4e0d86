-- Warns of everything that is no part of an article.
-- ends: nothing
local odd = { print, coroutine.create(print), options, site, 1 << 62, 0 / 0, "x", true, warn, {},
  setmetatable({}, { __index = error, __name = "article" }), site:articles() }
for _, node in pairs(odd) do
  pcall(warn, node, "w")
  pcall(warn, article, node)
  pcall(warn, article, "w", node)
  pcall(warn, article, "w", { field = node })
  pcall(warn, article, "w", { help = node })
  pcall(warn, article, "w", { code = node })
  pcall(function() warn(article, "w", { [node] = "x" }) end)
end
pcall(warn)
