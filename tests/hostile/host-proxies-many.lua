-- A million views of the model.
-- load: nothing; render: nothing|limit-memory|limit-seconds
if not article then return end
local all = {}
for i = 1, 1e6 do all[i] = article.tags end
