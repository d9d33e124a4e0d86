-- A check that speaks in another's name.
-- ends: plugin
warn(article, "not mine", { code = "missing-title", severity = "error" })
