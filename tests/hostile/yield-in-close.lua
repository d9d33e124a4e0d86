-- A yield while closing, on the way out and in an error.
-- ends: plugin
pcall(function()
  local x <close> = setmetatable({}, { __close = coroutine.yield })
  error 'left'
end)
do
  local x <close> = setmetatable({}, { __close = coroutine.yield })
end
