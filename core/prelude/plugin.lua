-- The table that a plugin returns (plugin_load.c), told to editors and to the reference. Nothing
-- here runs. Types stand on one line, however long: LuaCATS knows no other.

---The options of a plugin, from `site.yaml`; one that is not given is nil.
---@alias fascia.Options table<string, any>

---An element of a list of the model, such as `article.comparisons`.
---@alias fascia.Element fascia.Section|fascia.Pair|fascia.Points|fascia.Comparison|fascia.Fact|fascia.Recommendation|fascia.Evidence|fascia.Link|fascia.Image

---What an export is made for; where its `each` is a function, an item of what that returned, of
---which editors know more when you say it: `---@param tag { key: string, name: string }`.
---@alias fascia.Thing fascia.Article|fascia.Site|fascia.Element

---The table that a plugin's file returns.
---@class fascia.Plugin
---@field name? string The file's name without `.lua`.
---@field summary? string One line for `fascia plugins`.
---@field exports? table<string, fascia.Export> By name, such as `faq.csv`.
---@field checks? table<string, fascia.Check> By code, such as `faq-empty-answer`.
---@field readers? table<string, fascia.Reader> By the ending of the files' names, such as `.recipe`.

---One form of what there is.
---@class fascia.Export
---@field each string|fascia.Each `"article"`, `"site"`, `"article.LIST"` or a function.
---@field path string|fascia.Path Where its output goes: `{slug}/faq.csv`, or a function.
---@field summary? string One line.
---@field when? fascia.When Whether it is made for this thing.
---@field render fascia.Render Makes its text.

---The things that an export is made for, as a list.
---@alias fascia.Each fun(site: fascia.Site, options: fascia.Options): any[]

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

---Makes an article of a content file.
---@alias fascia.Reader fun(source: fascia.Source, options: fascia.Options): fascia.Reading

---Text that a reader has cut from its file, or made of such pieces, or words of its own.
---@alias fascia.Text string|fascia.Piece

---What a reader returns: front matter, a body, and lists that come behind what the body says.
---@class fascia.Reading
---@field title? fascia.Text
---@field slug? fascia.Text
---@field summary? fascia.Text
---@field date? fascia.Text
---@field updated? fascia.Text
---@field author? fascia.Text
---@field authors? fascia.Text[]
---@field tags? fascia.Text|fascia.Text[]
---@field lang? fascia.Text
---@field dir? fascia.Text
---@field draft? boolean
---@field id? fascia.Text
---@field meta? table<string, any> What else exports may want to know.
---@field body? fascia.Text|fascia.Text[] Markdown: as a list, its lines.
---@field faq? table[] Of `{ question =, answer = }`; the answer is Markdown.
---@field facts? table[] Of `{ subject =, name =, value = }`.
---@field pros? table[] Of `{ subject =, items = }`.
---@field cons? table[] Of `{ subject =, items = }`.
---@field comparisons? table[] Of `{ title =, factor =, subjects =, rows = }`.
---@field recommendations? table[] Of `{ when =, choose = }`.
---@field evidence? table[] Of `{ text =, year =, source = }`.

---The content file that a reader is called with.
---@class fascia.Source
---@field text string All of it.
---@field path string Below `content/`.
local Source = {}

---Each line without its end, as a string and as a piece.
---@return fun():(string, fascia.Piece)
function Source:lines() end

---A piece of it; `from` and `to` as `string.sub` counts.
---@param from? integer
---@param to? integer
---@return fascia.Piece
function Source:slice(from, to) end

---A warning that points at a piece, or at a byte of the text.
---@param at fascia.Piece|integer
---@param text string
---@param more? string|fascia.Warning
function Source:warn(at, text, more) end

---Ends the reading with an error that points there: the file is no article.
---@param at fascia.Piece|integer
---@param text string
---@param more? string|fascia.Warning
function Source:error(at, text, more) end

---A text that knows where in the file it stands; what `..` makes of it and strings is one as well.
---@class fascia.Piece
---@field text string
---@field number integer The line that it begins in.
---@field column integer
local Piece = {}

---A part of it; `from` and `to` as `string.sub` counts.
---@param from? integer
---@param to? integer
---@return fascia.Piece
function Piece:slice(from, to) end

---The first part that says `text`; an error when there is none.
---@param text string
---@return fascia.Piece
function Piece:part(text) end

---Without white space at its ends.
---@return fascia.Piece
function Piece:trim() end

---Another text that stands in its place.
---@param text string
---@return fascia.Piece
function Piece:as(text) end
