-- Every way to another table of globals.
-- ends: nothing
local mine = _ENV
assert(load('return _ENV')() == mine and load('return _G')() == mine)
assert(load('return load')()('return _ENV', 'x', 't')() == mine)
assert(coroutine.wrap(function() return load('return _ENV')() end)() == mine)
local empty = {}
assert(load('return _ENV', 'x', 't', empty)() == empty)
assert(not pcall(load('return x.y', 'x', 't', nil)))
