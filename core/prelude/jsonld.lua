-- JSON-LD 1.1 with the vocabulary of schema.org.
--
--   jsonld.node(type, "k", v, …)   a node; nil values are left out
--   jsonld.document(node)          the node with its @context
--   jsonld.graph { node, … }       one document of several nodes
--   jsonld.faq(pairs, base)        an FAQPage of article.faq, or nil without questions; links in
--                                  answers are made absolute when there is a base address
--   jsonld.breadcrumbs { { name, url }, … }   a BreadcrumbList, or nil for fewer than two
--   jsonld.write(out, document)    in a <script> element, safe whatever the text holds
local core = ...
local fascia, html = core.module("init"), core.module("html")

local jsonld = {}
local CONTEXT = "https://schema.org"

function jsonld.node(type, ...)
    return fascia.object("@type", type, ...)
end

function jsonld.document(node)
    local keys = { "@context" }
    for _, key in ipairs(getmetatable(node).__keys) do keys[#keys + 1] = key end
    local document = { ["@context"] = CONTEXT }
    for key, value in pairs(node) do document[key] = value end
    return setmetatable(document, { __keys = keys })
end

function jsonld.graph(nodes)
    return fascia.object("@context", CONTEXT, "@graph", fascia.array(nodes))
end

function jsonld.faq(pairs, base)
    local questions = {}
    for i, pair in ipairs(pairs) do
        local answer = jsonld.node("Answer", "text", html.absolute(pair.answer.html, base))
        questions[i] = jsonld.node("Question", "name", pair.question, "acceptedAnswer", answer)
    end
    return questions[1] and jsonld.node("FAQPage", "mainEntity", questions)
end

function jsonld.breadcrumbs(steps)
    local items = {}
    for i, step in ipairs(steps) do
        items[i] = jsonld.node("ListItem", "position", i, "name", step[1], "item", step[2])
    end
    return items[2] and jsonld.node("BreadcrumbList", "itemListElement", items)
end

function jsonld.write(out, document)
    return out:write('<script type="application/ld+json">')
        :json(document, nil, true):write("</script>\n")
end

return jsonld
