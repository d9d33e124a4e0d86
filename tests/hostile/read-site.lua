-- looks for the site, files and articles.
-- ends: plugin
for _, name in ipairs { "site", "article", "articles", "io", "os" } do
  if rawget(_G, name) then return { title = name } end
end
require "fascia".place(source)
