-- Questions about the site, each remembered.
-- load: nothing; render: plugin
if not site then return end
for i = 1, math.huge do site:articles { limit = i % 1e9, tag = 't' .. i } end
