/* Items of an `each`, as a worker or a saved state has them, any bytes: a rendering walks through
 * what they say, or fails with one error; and what it saw can be kept as an item again. */
#include "hosting.h"

static const char article[] = "---\ntitle: A\ntags: [x, y]\nextra: {deep: [1, {a: b}]}\n---\n"
                              "Text.\n\n## FAQ\n\n### Why?\n\nSo.\n";

/* `each` gives the item that was rendered last. */
static const char plugin[] =
    "local last\n"
    "local function walk(value, depth)\n"
    "  if depth == 0 then return 0 end\n"
    "  local sum = 0\n"
    "  if type(value) == 'table' or type(value) == 'userdata' then\n"
    "    for key, item in pairs(value) do\n"
    "      sum = sum + walk(key, depth - 1) + walk(item, depth - 1)\n"
    "    end\n"
    "  else sum = #tostring(value) end\n"
    "  return sum\n"
    "end\n"
    "return { exports = { ['i.txt'] = {\n"
    "  each = function() return { { key = 'k', last } } end,\n"
    "  path = 'i/{n}.txt',\n"
    "  render = function(item, out)\n"
    "    last = type(item) ~= 'userdata' and item or nil\n"
    "    out:write(walk(item, 40))\n"
    "  end } } }\n";

static struct buf output;

static struct buf *begin(void *owner, struct str path) {
    (void)owner;
    expect(path.len > 0);
    return &output;
}

static enum rendered render(struct str value, struct diags *d) {
    struct rendering r = {.article = NO_ARTICLE, .key = STR("k"), .value = value, .begin = begin};
    output.len = 0;
    enum rendered end = plugin_render(&hosted.plugin, &r, d);
    expect(end != RENDER_SKIPPED && (end == RENDERED) == (d->errors == 0) && d->errors <= 1);
    return end;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct buf items = BUF_INIT;
    host_plugin(article, plugin);
    if (render((struct str){(const char *)bytes, len}, &d) == RENDERED &&
        plugin_items(&hosted.plugin, 0, &items, &d)) {
        struct wire in = {.rest = buf_str(&items)};
        expect(str_eq(wire_str(&in), STR("k")));
        struct str value = wire_str(&in);
        expect(!in.bad && !in.rest.len && render(value, &d) == RENDERED);
    }
    buf_free(&items);
    arena_reset(&hosted.calls);
    arena_free(&a);
    return 0;
}
