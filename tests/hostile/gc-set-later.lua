-- The finalizer is put into the metatable afterwards: it stays unknown.
-- ends: nothing
local meta = {}
for _ = 1, 1000 do setmetatable({}, meta) end
meta.__gc = function() while true do end end
local waste = {}
for i = 1, 1e5 do waste[i % 10] = { i } end
