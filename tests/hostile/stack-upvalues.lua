-- More upvalues, locals and constants than a function may have.
-- ends: nothing
local names, uses = {}, {}
for i = 1, 300 do
  names[i] = ('local v%d = %d'):format(i, i)
  uses[i] = 'v' .. i
end
load(table.concat(names, '\n'))
load(table.concat(names, '\n', 1, 190) .. '\nreturn function() return ' ..
     table.concat(uses, '+', 1, 190) .. ' end')
local f = load('return {' .. ('"k",'):rep(70000) .. '}')
assert(f and #f() == 70000)
load(('a.b.c="%d" '):rep(20000))
load('local t = {' .. ('{},'):rep(1e5) .. '}')
