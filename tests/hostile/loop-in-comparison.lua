-- Comparing, adding up and measuring call the plugin.
-- ends: limit-seconds
local stay = function() while true do end end
local t = setmetatable({}, { __lt = stay, __le = stay, __concat = stay, __len = stay })
return t < t
