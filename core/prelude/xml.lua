-- XML 1.0. Text is escaped, never put into CDATA (which "]]>" would end).
local core = ...

---XML 1.0: characters that XML forbids are dropped. For whole documents a template named `*.xml` is
---easier to read.
---@class fascia.xml
---@field DECLARATION string The first line of a document.
local xml = { DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n' }

---Fit for text and for attribute values.
---@param text string
---@return string
function xml.escape(text)
    return core.escape("xml", text)
end

---Attributes from names and values: ` k="v" …`; nil and false are left out.
---@param ... any
---@return string
function xml.attributes(...)
    local parts = {}
    for i = 1, select("#", ...), 2 do
        local name, value = select(i, ...)
        if value then
            parts[#parts + 1] = (' %s="%s"'):format(name, core.escape("xml", tostring(value)))
        end
    end
    return table.concat(parts)
end

---An element around text, with attributes; nil content gives "".
---@param name string
---@param content any
---@param ... any
---@return string
function xml.element(name, content, ...)
    if content == nil then return "" end
    local text = core.escape("xml", tostring(content))
    return "<" .. name .. xml.attributes(...) .. ">" .. text .. "</" .. name .. ">"
end

---`<name k="v"/>`
---@param name string
---@param ... any
---@return string
function xml.empty(name, ...)
    return "<" .. name .. xml.attributes(...) .. "/>"
end

return xml
