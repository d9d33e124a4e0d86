-- Frees and takes at the very limit.
-- ends: limit-seconds|nothing|limit-memory
local held = {}
pcall(function() while true do held[#held + 1] = ('k'):rep(1 << 16) .. #held end end)
for i = 1, 500 do
  held[i % (#held + 1)] = nil
  pcall(function() held[i % (#held + 1)] = ('l'):rep(1 << 17) end)
end
