-- Questions of every wrong kind.
-- ends: nothing
if not site then return end
local queries = {
  { limit = 0 / 0 }, { limit = -1 }, { limit = 1e300 }, { limit = 1 << 40 }, { nothing = 1 },
  { offset = math.mininteger }, { sort = 'x' }, { sort = ('-'):rep(1e6) }, { sort = 'date\0' },
  { tag = {} }, { tag = ('x'):rep(1e6) }, { lang = false }, { [1] = 2 }, { [{}] = {} },
  setmetatable({}, { __index = function() error 'no' end }), setmetatable({}, { __index = site }),
  1, false, article,
}
for _, query in ipairs(queries) do pcall(site.articles, site, query) end
pcall(site.articles)
for _, name in ipairs { '', 'x', 'page.html\0', ('x'):rep(1e6), {}, 1 } do
  pcall(site.export_url, site, name, article)
  pcall(site.export_url, site, name, {})
end
