-- A site's own faq takes the place of the built-in one, with all its exports.
return {
  name = "faq",
  exports = {
    ["faq.csv"] = {
      each = "article",
      path = "{slug}/questions.csv",
      render = function(article) return "questions\r\n" .. #article.faq .. "\r\n" end,
    },
    ["faq.list"] = {
      each = "article.faq",
      path = "{slug}/faq{-n}.txt",
      render = function(pair, out, _, _, article)
        out:write(article.title, ": ", pair.question, "\n")
      end,
    },
  },
}
