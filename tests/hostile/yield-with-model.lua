-- The model is used in coroutines, some of which stay.
-- ends: nothing
kept = kept or {}
if not article then return end
for i = 1, 50 do
  kept[i] = coroutine.wrap(function()
    for _ = 1, 9 do coroutine.yield(article.title) end
  end)
  kept[i]()
end
