-- JSON-LD 1.1 with the vocabulary of schema.org.
local core = ...
local fascia, html = core.module("init"), core.module("html")

---JSON-LD 1.1 with the vocabulary of schema.org.
---@class fascia.jsonld
local jsonld = {}
local CONTEXT = "https://schema.org"

---A node of this type with keys and values in their order; nil values are left out.
---@param type string
---@param ... any
---@return table
function jsonld.node(type, ...)
    return fascia.object("@type", type, ...)
end

---The node with its `@context`.
---@param node table
---@return table
function jsonld.document(node)
    local keys = { "@context" }
    for _, key in ipairs(getmetatable(node).__keys) do keys[#keys + 1] = key end
    local document = { ["@context"] = CONTEXT }
    for key, value in pairs(node) do document[key] = value end
    return setmetatable(document, { __keys = keys })
end

---One document of several nodes.
---@param nodes table[]
---@return table
function jsonld.graph(nodes)
    return fascia.object("@context", CONTEXT, "@graph", fascia.array(nodes))
end

---An FAQPage of `article.faq`, nil without questions; links in answers are made absolute when there
---is a base address.
---@param pairs fascia.Pair[]
---@param base string?
---@return table?
function jsonld.faq(pairs, base)
    local questions = {}
    for i, pair in ipairs(pairs) do
        local answer = jsonld.node("Answer", "text", html.absolute(pair.answer.html, base))
        questions[i] = jsonld.node("Question", "name", pair.question, "acceptedAnswer", answer)
    end
    return questions[1] and jsonld.node("FAQPage", "mainEntity", questions)
end

---A BreadcrumbList of `{ name, url }`, nil for fewer than two.
---@param steps string[][]
---@return table?
function jsonld.breadcrumbs(steps)
    local items = {}
    for i, step in ipairs(steps) do
        items[i] = jsonld.node("ListItem", "position", i, "name", step[1], "item", step[2])
    end
    return items[2] and jsonld.node("BreadcrumbList", "itemListElement", items)
end

---Writes the document in a `<script>` element, safe whatever the text holds.
---@param out fascia.Out
---@param document table
---@return fascia.Out
function jsonld.write(out, document)
    return out:write('<script type="application/ld+json">')
        :json(document, nil, true):write("</script>\n")
end

return jsonld
