-- An __index that asks itself.
-- ends: plugin
local t = setmetatable({}, {}) getmetatable(t).__index = function(s, k) return s[k] .. k end
return t.x
