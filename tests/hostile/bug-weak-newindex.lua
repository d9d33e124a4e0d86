-- A metatable with weak values loses its __newindex in an emergency.
-- ends: crash|limit-seconds|nothing|plugin|limit-memory
local held = {}
pcall(function() for i = 1, math.huge do held[i] = ('h'):rep(700) .. i end end)
for _ = 1, 3000 do
  local object = setmetatable({}, setmetatable({ __newindex = {} }, { __mode = 'v' }))
  pcall(function() for i = 1, 50000 do object[i] = { i } end end)
end
