-- Finalizers that leave more behind than they clear away.
-- ends: plugin
local function breed()
  for _ = 1, 2 do setmetatable({}, { __gc = breed }) end
end
breed()
