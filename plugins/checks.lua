-- What `fascia check` looks for in every article and in the site as a whole. Each check stands with
-- its explanation in plugins/lib/checks/; `fascia check --explain CODE` prints it.
--
-- Options: keys (keys of front matter that are the site's own, though they look mistyped).
local SUBJECTS = { "front", "structure", "answers", "tables", "names", "links", "direction",
  "pages", "site" }

local checks = {}
for _, subject in ipairs(SUBJECTS) do
  for code, check in pairs(require("lib.checks." .. subject)) do checks[code] = check end
end

return {
  name = "checks",
  summary = "What is wrong with articles and between them",
  checks = checks,
}
