-- The questions and answers of an article, for readers of pages, tables and linked data.
--
-- Options: bom, formula_guard (for faq.csv, see fascia.csv).
local fascia = require "fascia"
local formula = require "lib.checks.formula"
local page = require "lib.page"
local csv, jsonld = fascia.csv, fascia.jsonld

local template = fascia.template.file("templates/faq.html")

local function render_jsonld(article, out, site)
  local address = page.absolute(site:export_url("page.html", article))
  out:json(jsonld.document(jsonld.faq(article.faq, address)), 2, true):write("\n")
end

local function render_html(article, out, site)
  local words = fascia.phrases(article.lang)
  local here = site:export_url("faq.html", article)
  template(out, {
    article = article,
    words = words,
    head = { title = words.questions .. ": " .. article.title, feeds = {} },
    page = page.link(site:export_url("page.html", article), here),
  })
end

local function render_markdown(article, out)
  for i, pair in ipairs(article.faq) do
    out:write(i > 1 and "\n" or "", "## ", fascia.text.markdown(pair.question), "\n\n",
      pair.answer.markdown:gsub("\n*$", ""), "\n")
  end
end

local function render_csv(article, out, site, options)
  local source = site:export_url("page.html", article)
  local base = page.absolute(source)
  out:write(csv.bom(options))
  out:write(csv.row { "id", "question", "answer_text", "answer_html", "section", "source_url" })
  for _, pair in ipairs(article.faq) do
    local anchor = pair.anchor or pair.id
    out:write(csv.row({ pair.id, pair.question, pair.answer.text,
      fascia.html.absolute(pair.answer.html, base), pair.section or "",
      source and source .. "#" .. fascia.url.encode(anchor), n = 6 }, options))
  end
end

local function each_cell(article, cell)
  for _, pair in ipairs(article.faq) do
    cell(pair, pair.question)
    cell(pair.answer, pair.answer.text)
  end
end

local function export(name, render)
  return {
    each = "article",
    when = function(article) return #article.faq > 0 end,
    path = "{slug}/" .. name,
    render = render,
  }
end

return {
  name = "faq",
  summary = "The questions and answers of an article",
  exports = {
    ["faq.jsonld"] = export("faq.jsonld", render_jsonld),
    ["faq.html"] = export("faq.html", render_html),
    ["faq.md"] = export("faq.md", render_markdown),
    ["faq.csv"] = export("faq.csv", render_csv),
  },
  checks = { ["csv-formula"] = formula("faq.csv", each_cell) },
}
