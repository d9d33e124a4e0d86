-- Fields that are not there, each remembered as read.
-- load: nothing; render: limit-memory|limit-seconds
if not article then return end
for i = 1, math.huge do local _ = article.meta['key' .. i] end
