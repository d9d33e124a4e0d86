-- returns tables that do something when they are looked at.
-- ends: plugin|limit-seconds
local function loop() while true do end end
local odd = setmetatable({ text = "x" }, { __index = loop, __len = loop, __pairs = loop,
  __eq = loop, __tostring = loop, __concat = loop, __name = "piece" })
return { draft = true, title = odd, body = { odd }, meta = odd }
