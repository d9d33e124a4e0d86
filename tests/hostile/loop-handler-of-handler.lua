-- Handlers within handlers, each of which loops when the inner one gave up.
-- ends: limit-seconds
local function stay() for _ = 1, 1e9 do end end
local function nest(n)
  xpcall(error, function() if n > 0 then nest(n - 1) end stay() end)
end
while true do nest(50) end
