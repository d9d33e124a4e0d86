-- The globals refuse to be read and written.
-- ends: nothing|plugin
setmetatable(_G, {
  __index = function() error 'read' end,
  __newindex = function() error 'written' end,
  __metatable = 1,
})
