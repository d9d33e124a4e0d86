-- Closing that opens.
-- ends: plugin|crash|nothing
local function f()
  local x <close> = setmetatable({}, { __close = f })
end
f()
