-- What is written in C (bind_site.c, bind_out.c), told to editors and to the reference. Nothing
-- here runs.

---Its articles, by tag, language and order; all of them by `id` when nothing is said.
---@param query? fascia.Query
---@return fascia.Article[]
function Site:articles(query) end

---Names of the exports that are being made, sorted.
---@return string[]
function Site:exports() end

---Where the output of an export goes, nil when it is not being made. `of`: the article that it is
---made for, or the key of an item.
---@param name string
---@param of? fascia.Article|string|integer
---@return string?
function Site:export_url(name, of) end

---What a rendering writes to.
---@class fascia.Out
local Out = {}

---Writes strings and numbers as they are.
---@param ... string|number
---@return fascia.Out
function Out:write(...) end

---Writes a text escaped for a place: `html xml url path json link image`. Nil writes nothing.
---@param kind "html"|"xml"|"url"|"path"|"json"|"link"|"image"
---@param text string?
---@return fascia.Out
function Out:escape(kind, text) end

---Writes a value as JSON; `script`: safe inside of `<script>`.
---@param value any
---@param indent? integer
---@param script? boolean
---@return fascia.Out
function Out:json(value, indent, script) end
