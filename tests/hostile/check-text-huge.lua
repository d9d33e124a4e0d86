-- Warnings of megabytes.
-- ends: nothing
local text = ("x"):rep(4 << 20)
for _ = 1, 5 do pcall(warn, article, text, { help = text, field = text }) end
warn(article, text)
