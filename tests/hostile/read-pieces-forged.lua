-- gives pieces that stand before, behind and across the file, and run backwards.
-- ends: nothing
local line = source:slice(1)
local numbers = { -1, -2, 1, 0, math.maxinteger, 1, math.mininteger, 3, 1, 2, 2, 1, 1, 1, 1 }
for i, number in ipairs(numbers) do line[i] = number end
line.number = {}
return { draft = true, title = line, body = { "# a", line, line .. line }, meta = { a = line } }
