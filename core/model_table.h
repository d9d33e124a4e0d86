/* The model as a table: every record that plugins see, with its fields in their order. Read by
 * model.h and model.c, each time with other meanings of
 *
 *   RECORD(id, name, about)  FIELD(id, name, type, about) …  END(id)
 *
 * Types are written as in LuaCATS: string, integer, boolean, "one of" | "these words", Pair (a
 * record of this table), Pair[] (a list), string? (may be missing: nil), table<string, any>.
 * UNION(name, types, about) is one of several records. About is Markdown, a line or two. */

/* What all blocks have comes first, in the same order. */
#define BLOCK(id, name, type, about)                                                               \
    RECORD(id, name, about)                                                                        \
    FIELD(id##_TYPE, "type", type, "Tells which block it is.")                                     \
    FIELD(id##_HTML, "html", "string", "The whole block as HTML.")                                 \
    FIELD(id##_TEXT, "text", "string", "The whole block as plain text.")

RECORD(ARTICLE, "Article", "One content file, as it was understood.")
FIELD(ARTICLE_ID, "id", "string", "Its name among all articles: the path without its ending, or "
                                  "`id` of the front matter.")
FIELD(ARTICLE_PATH, "path", "string", "The file below `content/`.")
FIELD(ARTICLE_SLUG, "slug", "string", "Its name in addresses, a safe path: `tea/green`.")
FIELD(ARTICLE_URL, "url", "string", "Where its page is: the site's `url`, the slug and `/`.")
FIELD(ARTICLE_TITLE, "title", "string", "From the front matter, the first heading of level 1 or "
                                        "the file's name.")
FIELD(ARTICLE_SUMMARY, "summary", "string?", "From the front matter or the first paragraph.")
FIELD(ARTICLE_LANG, "lang", "string", "A language tag such as `en` or `pt-BR`.")
FIELD(ARTICLE_DIR, "dir", "\"ltr\"|\"rtl\"", "The direction of its script.")
FIELD(ARTICLE_DATE, "date", "string?", "When it was published: `2025-11-22` or with a time, "
                                       "`2025-11-22T08:30:00Z`.")
FIELD(ARTICLE_UPDATED, "updated", "string?", "When it was changed last, written like `date`.")
FIELD(ARTICLE_AUTHORS, "authors", "string[]", "Names, from the front matter or `site.yaml`.")
FIELD(ARTICLE_TAGS, "tags", "string[]", "As in the front matter, each once.")
FIELD(ARTICLE_DRAFT, "draft", "boolean", "Drafts are no part of a site's outputs.")
FIELD(ARTICLE_META, "meta", "table<string, any>", "The front matter as written. A key that is not "
                                                  "there is nil.")
FIELD(ARTICLE_KEYS, "keys", "string[]", "The keys of the front matter, each at its own place.")
FIELD(ARTICLE_TITLED, "titled", "boolean", "Whether the article itself says its title.")
FIELD(ARTICLE_LEDE, "lede", "Lede?", "What stands before the first heading.")
FIELD(ARTICLE_SECTIONS, "sections", "Section[]", "Those of the highest level; each holds its own.")
FIELD(ARTICLE_FAQ, "faq", "Pair[]", "Questions with their answers.")
FIELD(ARTICLE_PROS, "pros", "Points[]", "What speaks for each subject.")
FIELD(ARTICLE_CONS, "cons", "Points[]", "What speaks against each subject.")
FIELD(ARTICLE_COMPARISONS, "comparisons", "Comparison[]", "Tables whose columns are the things "
                                                          "compared.")
FIELD(ARTICLE_FACTS, "facts", "Fact[]", "Lists of two or more `Name: value`.")
FIELD(ARTICLE_RECOMMENDATIONS, "recommendations", "Recommendation[]", "`For a quick result → X`.")
FIELD(ARTICLE_EVIDENCE, "evidence", "Evidence[]", "Studies that the article cites.")
FIELD(ARTICLE_CONCLUSION, "conclusion", "Passage?", "What its last conclusion says.")
FIELD(ARTICLE_DISCLAIMER, "disclaimer", "string?", "As plain text.")
FIELD(ARTICLE_LINKS, "links", "Link[]", "All links, in their order.")
FIELD(ARTICLE_IMAGES, "images", "Image[]", "All images, in their order.")
FIELD(ARTICLE_UNEVEN_ROWS, "uneven_rows", "UnevenRow[]", "Rows with more or fewer cells than "
                                                         "their table has columns.")
FIELD(ARTICLE_WORDS, "words", "integer", "How many words the text has, in any script.")
FIELD(ARTICLE_READING_MINUTES, "reading_minutes", "integer", "At 200 words a minute, at least 1.")
FIELD(ARTICLE_HTML, "html", "string", "The body as HTML.")
FIELD(ARTICLE_TEXT, "text", "string", "The body as plain text.")
FIELD(ARTICLE_MARKDOWN, "markdown", "string", "The body as CommonMark, written anew.")
END(ARTICLE)

RECORD(LEDE, "Lede", "What stands before the first heading.")
FIELD(LEDE_TEXT, "text", "string", "As plain text.")
FIELD(LEDE_HTML, "html", "string", "As HTML.")
FIELD(LEDE_BLOCKS, "blocks", "Block[]", "Its paragraphs, lists and so on.")
END(LEDE)

RECORD(SECTION, "Section", "A heading and what stands below it.")
FIELD(SECTION_ID, "id", "string", "Unique in the article: the anchor of its heading.")
FIELD(SECTION_LEVEL, "level", "integer", "Of the heading, 1 to 6.")
FIELD(SECTION_TITLE, "title", "string", "The heading on one line.")
FIELD(SECTION_TITLE_HTML, "title_html", "string", "The heading with its markup, without `<h2>`.")
FIELD(SECTION_HTML, "html", "string", "Its own blocks as HTML, up to the next heading.")
FIELD(SECTION_TEXT, "text", "string", "Its own blocks as plain text.")
FIELD(SECTION_BLOCKS, "blocks", "Block[]", "Its own blocks, up to the next heading.")
FIELD(SECTION_SECTIONS, "sections", "Section[]", "The sections of lower level below it.")
END(SECTION)

UNION("Block", "Paragraph|Heading|List|Code|Quote|Table|RawHtml|Rule",
      "A part of a section; its `type` tells which.")

BLOCK(PARAGRAPH, "Paragraph", "\"paragraph\"", "A paragraph.")
END(PARAGRAPH)

BLOCK(HEADING, "Heading", "\"heading\"", "A heading inside of a quote or an item.")
FIELD(HEADING_LEVEL, "level", "integer", "1 to 6.")
END(HEADING)

BLOCK(LIST, "List", "\"list\"", "A list.")
FIELD(LIST_ORDERED, "ordered", "boolean", "Whether its items are numbered.")
FIELD(LIST_START, "start", "integer?", "The first number of an ordered list.")
FIELD(LIST_TIGHT, "tight", "boolean", "Whether its items stand without blank lines between.")
FIELD(LIST_ITEMS, "items", "Item[]", "Its items.")
END(LIST)

RECORD(ITEM, "Item", "An item of a list.")
FIELD(ITEM_TEXT, "text", "string", "As plain text.")
FIELD(ITEM_HTML, "html", "string", "As HTML, without `<li>`.")
FIELD(ITEM_BLOCKS, "blocks", "Block[]", "Empty for an item of one paragraph.")
FIELD(ITEM_DONE, "done", "boolean?", "Of a task, `- [x]`: whether it is done.")
END(ITEM)

BLOCK(CODE, "Code", "\"code\"", "A block of code.")
FIELD(CODE_LANG, "lang", "string?", "The first word behind the fence.")
FIELD(CODE_INFO, "info", "string?", "All that stands behind the fence.")
FIELD(CODE_CODE, "code", "string", "The code as written.")
END(CODE)

BLOCK(QUOTE, "Quote", "\"quote\"", "A block quote.")
FIELD(QUOTE_BLOCKS, "blocks", "Block[]", "What is quoted.")
END(QUOTE)

BLOCK(TABLE, "Table", "\"table\"", "A table.")
FIELD(TABLE_COLUMNS, "columns", "Column[]", "Its header.")
FIELD(TABLE_ROWS, "rows", "Passage[][]", "Its rows, each a list of cells.")
END(TABLE)

RECORD(COLUMN, "Column", "A column's head.")
FIELD(COLUMN_TEXT, "text", "string", "As plain text, on one line.")
FIELD(COLUMN_HTML, "html", "string", "As HTML.")
FIELD(COLUMN_ALIGN, "align", "\"left\"|\"center\"|\"right\"?", "How the column is set.")
END(COLUMN)

BLOCK(RAW_HTML, "RawHtml", "\"html\"", "HTML as the author wrote it.")
END(RAW_HTML)

BLOCK(RULE, "Rule", "\"rule\"", "A thematic break, `---`.")
END(RULE)

RECORD(PASSAGE, "Passage", "A text and its HTML: a cell of a table, a point, a conclusion.")
FIELD(PASSAGE_TEXT, "text", "string", "As plain text.")
FIELD(PASSAGE_HTML, "html", "string", "As HTML.")
END(PASSAGE)

RECORD(PAIR, "Pair", "A question and its answer.")
FIELD(PAIR_ID, "id", "string", "Unique in the article, fit for an anchor.")
FIELD(PAIR_QUESTION, "question", "string", "On one line, without numbering.")
FIELD(PAIR_ANSWER, "answer", "Answer", "What is answered.")
FIELD(PAIR_SECTION, "section", "string?", "The title of the section that it stands in.")
FIELD(PAIR_ANCHOR, "anchor", "string?", "The `id` of the section that it stands in.")
END(PAIR)

RECORD(ANSWER, "Answer", "The answer to a question.")
FIELD(ANSWER_TEXT, "text", "string", "As plain text.")
FIELD(ANSWER_HTML, "html", "string", "As HTML.")
FIELD(ANSWER_MARKDOWN, "markdown", "string", "As CommonMark.")
END(ANSWER)

RECORD(POINTS, "Points", "The pros, or the cons, of one subject.")
FIELD(POINTS_SUBJECT, "subject", "string", "What they are said of.")
FIELD(POINTS_ITEMS, "items", "Passage[]", "One for each point, without its mark.")
FIELD(POINTS_ANCHOR, "anchor", "string?", "The `id` of the section that they stand in.")
END(POINTS)

RECORD(COMPARISON, "Comparison", "A table whose columns are the things compared.")
FIELD(COMPARISON_TITLE, "title", "string", "The title of its section.")
FIELD(COMPARISON_FACTOR, "factor", "string", "The head of the first column, often empty.")
FIELD(COMPARISON_SUBJECTS, "subjects", "string[]", "The things compared: heads of the others.")
FIELD(COMPARISON_ROWS, "rows", "Row[]", "One for each thing looked at.")
END(COMPARISON)

RECORD(ROW, "Row", "One line of a comparison.")
FIELD(ROW_FACTOR, "factor", "string", "What is compared.")
FIELD(ROW_CELLS, "cells", "Passage[]", "One for each subject, in their order.")
END(ROW)

RECORD(FACT, "Fact", "One thing known of a subject.")
FIELD(FACT_SUBJECT, "subject", "string", "The section's title, else the article's.")
FIELD(FACT_NAME, "name", "string", "What stands before the colon.")
FIELD(FACT_VALUE, "value", "string", "What stands behind it.")
END(FACT)

RECORD(RECOMMENDATION, "Recommendation", "What to choose, and when.")
FIELD(RECOMMENDATION_WHEN, "when", "string", "For what, without \"for\".")
FIELD(RECOMMENDATION_CHOOSE, "choose", "string", "What is recommended.")
END(RECOMMENDATION)

RECORD(EVIDENCE, "Evidence", "A study that is cited.")
FIELD(EVIDENCE_TEXT, "text", "string", "The sentence that cites it.")
FIELD(EVIDENCE_YEAR, "year", "integer?", "When it appeared, if the sentence says so.")
FIELD(EVIDENCE_SOURCE, "source", "string?", "The journal's name, or an address.")
END(EVIDENCE)

RECORD(LINK, "Link", "A link.")
FIELD(LINK_TEXT, "text", "string", "Its text.")
FIELD(LINK_URL, "url", "string", "Where it leads, as written.")
END(LINK)

RECORD(IMAGE, "Image", "An image.")
FIELD(IMAGE_ALT, "alt", "string", "What stands for it where it is not seen; may be empty.")
FIELD(IMAGE_URL, "url", "string", "Where it is, as written.")
END(IMAGE)

RECORD(UNEVEN_ROW, "UnevenRow", "A row of a table that does not fit its table.")
FIELD(UNEVEN_ROW_CELLS, "cells", "integer", "How many cells are written.")
FIELD(UNEVEN_ROW_COLUMNS, "columns", "integer",
      "How many the table's header has: so many are shown.")
END(UNEVEN_ROW)

/* What a rendering may ask the site: no part of an article's image. */

RECORD(QUERY, "Query", "Which articles, in which order.")
FIELD(QUERY_TAG, "tag", "string?", "Only those with this tag.")
FIELD(QUERY_LANG, "lang", "string?", "Only those in this language.")
FIELD(QUERY_SORT, "sort", "string?", "A field such as `title` or `-date` (descending); ties go by "
                                     "`id`.")
FIELD(QUERY_LIMIT, "limit", "integer?", "So many at most.")
FIELD(QUERY_OFFSET, "offset", "integer?", "Without so many at the front.")
END(QUERY)

RECORD(SITE, "Site", "The site that an article belongs to.")
FIELD(SITE_TITLE, "title", "string?", "As in `site.yaml`.")
FIELD(SITE_URL, "url", "string?", "Its address, as in `site.yaml`.")
FIELD(SITE_LANG, "lang", "string?", "As in `site.yaml`.")
FIELD(SITE_AUTHOR, "author", "string?", "As in `site.yaml`.")
FIELD(SITE_DESCRIPTION, "description", "string?", "As in `site.yaml`.")
FIELD(SITE_NOW, "now", "string", "`SOURCE_DATE_EPOCH`, or the newest article's date; RFC 3339.")
END(SITE)

#undef BLOCK
#undef RECORD
#undef FIELD
#undef END
#undef UNION
