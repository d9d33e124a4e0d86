-- Values of one rendering are used in the next.
-- load: nothing; render: plugin|nothing
kept = kept or {}
local uses = {
  function(v) return v.title end, function(v) return #v end, function(v) return v == article end,
  function(v) for _ in pairs(v) do end end, function(v) v:write 'x' end, tostring,
  require('fascia').json, require('fascia').place,
}
for _, value in ipairs(kept) do
  for _, use in ipairs(uses) do pcall(use, value) end
end
if article then
  kept = { article, out, site, options, article.faq, article.tags, site:articles {},
           pairs(article.faq) }
end
