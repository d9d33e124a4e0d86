-- Yields across functions in C.
-- ends: nothing
coroutine.wrap(function()
  pcall(table.sort, { 3, 2, 1 }, coroutine.yield)
  pcall(string.gsub, 'x', 'x', coroutine.yield)
  pcall(load, coroutine.yield)
  pcall(tostring, setmetatable({}, { __tostring = coroutine.yield }))
  pcall(table.concat, setmetatable({}, { __len = coroutine.yield }))
  pcall(require, setmetatable({}, { __tostring = coroutine.yield }))
  pcall(next, setmetatable({}, { __index = coroutine.yield }))
  pcall(function() for _ in pairs(setmetatable({}, { __pairs = coroutine.yield })) do end end)
end)()
