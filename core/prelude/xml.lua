-- XML 1.0. Text is escaped, never put into CDATA (which "]]>" would end), and characters that XML
-- forbids are dropped. For whole documents a template named *.xml is easier to read.
--
--   xml.escape(text)                      fit for text and for attribute values
--   xml.attributes("k", v, …)             ` k="v" …`; nil and false are left out
--   xml.element(name, content, "k", v …)  an element around text; nil content gives ""
--   xml.empty(name, "k", v, …)            `<name k="v"/>`
--   xml.DECLARATION                       the first line of a document
local core = ...

local xml = { DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n' }

function xml.escape(text)
    return core.escape("xml", text)
end

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

function xml.element(name, content, ...)
    if content == nil then return "" end
    local text = core.escape("xml", tostring(content))
    return "<" .. name .. xml.attributes(...) .. ">" .. text .. "</" .. name .. ">"
end

function xml.empty(name, ...)
    return "<" .. name .. xml.attributes(...) .. "/>"
end

return xml
