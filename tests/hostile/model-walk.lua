-- Every value, again and again, in all ways.
-- load: nothing; render: nothing|limit-seconds
if not article then return end
local function walk(value, depth)
  if type(value) ~= 'userdata' or depth > 8 then return end
  for key, item in pairs(value) do
    assert(key ~= nil)
    walk(item, depth + 1)
  end
  for _, key in ipairs { -2, -1, 0, 1, 5, 1 << 62, 0 / 0, 'title', {} } do
    pcall(function() walk(value[key], depth + 1) end)
  end
  return #value, tostring(value), value == article, value ~= value
end
for _ = 1, 5 do walk(article, 0) end
