-- Warnings that would drive a terminal, or be lines of their own.
-- ends: nothing
local text = "\27[2J\27]0;x\7\r\n\0\u{9B}31m\u{202E}\u{2028}\nplugins/faq.lua:1:1: error: not mine [x]\xff"
pcall(warn, article, text, { help = text, code = text, field = text })
warn(article, text)
