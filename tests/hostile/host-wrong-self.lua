-- Every method with every kind of wrong self.
-- ends: nothing
local fascia = require 'fascia'
local functions = {
  fascia.place, fascia.words, fascia.fold, fascia.is_list, fascia.is_record, fascia.object,
  fascia.json, fascia.slug, getmetatable, rawlen, rawget, rawset, rawequal, next, ipairs,
  setmetatable,
}
local names = { 'write', 'escape', 'json', 'articles', 'exports', 'export_url', '__index', '__gc' }
for _, value in ipairs { article or {}, site or {}, out or {}, options or {} } do
  for _, name in ipairs(names) do
    local ok, f = pcall(function() return value[name] end)
    if ok and type(f) == 'function' then functions[#functions + 1] = f end
  end
end
local bad = { false, 0, -1, 1 << 62, 0 / 0, '', {}, print, coroutine.create(print), fascia.null,
              article or 1, site or 1, out or 1 }
for _, f in ipairs(functions) do
  pcall(f)
  for _, x in ipairs(bad) do
    for _, y in ipairs(bad) do
      pcall(f, x)
      pcall(f, x, y)
      pcall(f, x, y, x)
      pcall(f, x, y, y, y)
    end
  end
end
