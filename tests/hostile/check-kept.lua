-- Warns when its check has ended, of an article that is another's.
-- ends: plugin
if kept then kept.warn(kept.article, "late") end
kept = { warn = warn, article = article }
kept.warn(kept.article and kept.article.faq, "w")
if site then for _, other in ipairs(site:articles()) do warn(other, "other's") end end
error "so that it fails, whichever comes first"
