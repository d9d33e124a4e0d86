-- For luacheck: what plugins and their tests may use.
std = "lua54"
not_globals = { "io", "os", "debug", "package", "dofile", "loadfile", "collectgarbage" }
exclude_files = { ".fascia", "public" }
cache = false

files["plugins/*_test.lua"] = {
  read_globals = {
    "describe", "it", "pending", "before_each", "after_each",
    "article", "fixture", "site", "render", "check",
    assert = { other_fields = true },
  },
}
