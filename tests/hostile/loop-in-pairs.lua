-- A walk that never comes to its end.
-- ends: limit-seconds
for _ in pairs(setmetatable({}, { __pairs = function() return function() return 1 end end })) do end
