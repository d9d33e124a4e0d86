-- Items that hold what cannot be kept.
-- ends: plugin
for _, item in ipairs { print, coroutine.create(print), site, options, coroutine.wrap(print) } do
  if pcall(function() hostile_items = { item } end) then return { { key = "a", { { item } } } } end
end
