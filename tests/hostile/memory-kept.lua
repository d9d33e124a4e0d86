-- Full to the brim, and then it returns as if nothing were.
-- ends: limit-memory|nothing
held = {}
for size = 20, 0, -1 do
  while pcall(function() held[#held + 1] = ('k'):rep(1 << size) .. #held end) do end
end
