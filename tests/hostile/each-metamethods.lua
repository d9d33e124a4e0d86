-- Items whose metamethods lie: none is asked.
-- ends: nothing
local lies = {
  __index = function() error "index" end, __len = function() return 1 << 62 end,
  __pairs = function() error "pairs" end, __name = "\27[2J", __tostring = error,
  __eq = error, __lt = error, __metatable = false, __call = error,
}
return { setmetatable({ "a", key = "one" }, lies), setmetatable({ b = {} }, lies) }
