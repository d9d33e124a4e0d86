-- A check that looks at everything, through keys that are not there.
-- ends: nothing|plugin|limit-memory
for i = 1, 20000 do pcall(function() return site.settings.meta["key" .. i] end) end
for _, other in ipairs(site:articles()) do
  for i = 1, 5000 do pcall(warn, other.meta, "w", { field = "no-" .. i }) end
end
