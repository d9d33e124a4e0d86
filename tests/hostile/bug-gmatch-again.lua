-- A gmatch is used on after it gave up.
-- ends: crash|nothing|plugin
for n = 1, 50 do
  local step = ('x'):rep(250000):gmatch(('.-'):rep(250000 + n) .. 'y')
  for _ = 1, 3 do pcall(step) end
end
