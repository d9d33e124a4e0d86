-- The path of another plugin's output, or one that is taken for it.
-- ends: path-taken
return article.slug == "a" and "a/index.html" or "b/INDEX.html"
