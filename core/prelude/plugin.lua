-- The table that a plugin returns (plugin_load.c), told to editors and to the reference. Nothing
-- here runs. Types stand on one line, however long: LuaCATS knows no other.

---The options of a plugin, from `site.yaml`; one that is not given is nil.
---@alias fascia.Options table<string, any>

---An element of a list of the model, such as `article.comparisons`.
---@alias fascia.Element fascia.Section|fascia.Pair|fascia.Points|fascia.Comparison|fascia.Fact|fascia.Recommendation|fascia.Evidence|fascia.Link|fascia.Image

---What an export is made for; where its `each` is a function, an item of what that returned.
---@alias fascia.Thing fascia.Article|fascia.Site|fascia.Element

---The table that a plugin's file returns.
---@class fascia.Plugin
---@field name? string The file's name without `.lua`.
---@field summary? string One line for `fascia plugins`.
---@field exports? table<string, fascia.Export> By name, such as `faq.csv`.
---@field checks? table<string, fascia.Check> By code, such as `faq-empty-answer`.

---One form of what there is.
---@class fascia.Export
---@field each string|fascia.Each `"article"`, `"site"`, `"article.LIST"` or a function.
---@field path string|fascia.Path Where its output goes: `{slug}/faq.csv`, or a function.
---@field summary? string One line.
---@field when? fascia.When Whether it is made for this thing.
---@field render fascia.Render Makes its text.

---The things that an export is made for, as a list.
---@alias fascia.Each fun(site: fascia.Site): any[]

---Where the output goes. `article`: of which the thing is a part; nil when it is the site's.
---@alias fascia.Path fun(thing: fascia.Thing, site: fascia.Site, article: fascia.Article): string

---@alias fascia.When fun(thing: fascia.Thing, article: fascia.Article): any

---Writes to `out`, or returns the text.
---@alias fascia.Render fun(thing: fascia.Thing, out: fascia.Out, site: fascia.Site, options: fascia.Options, article: fascia.Article): string|fascia.Out|nil

---What a check runs: it looks at an article, or at the site, and warns of what is wrong there.
---@alias fascia.CheckFunction fun(thing: fascia.Thing, warn: fascia.Warn, site: fascia.Site, options: fascia.Options)

---As `fascia.warn`.
---@alias fascia.Warn fun(v: table?, text: string, details?: fascia.Warning)

---A check as a table, for more than its function.
---@class fascia.CheckTable
---@field run fascia.CheckFunction
---@field each? "article"|"site" What it looks at; usually each article.
---@field summary? string One line.
---@field explain? string What `fascia check --explain CODE` says.
---@field severity? "error"|"warning"|"info"|"off" Unless `site.yaml` says otherwise.

---@alias fascia.Check fascia.CheckFunction|fascia.CheckTable
