-- table.concat with rawlen to answer: one byte an item, for ever.
-- ends: limit-seconds|limit-memory|plugin
return table.concat(setmetatable({}, { __index = rawlen }), '', 1, 1 << 60)
