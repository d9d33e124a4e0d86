/* What `each` functions of the site ask for: each export's list is a rendering of its own, which
 * gives no output but items. A rendering of an item must run when the item is not what it was. */
#include "build_parts.h"

static bool has_items(const struct build *b, uint32_t export) {
    return b->exports[export] && b->exports[export]->each == EACH_FUNCTION;
}

static struct rendering *list_of(struct build *b, uint32_t export) {
    return graph_site_rendering(&b->graph, export, STR(""), true);
}

void build_want_listed(struct build *b) {
    bool *is_known = ARENA_ARRAY(&b->session.update, bool, b->export_count + 1);
    for (uint32_t i = 0; i < b->export_count; i++) {
        if (!has_items(b, i))
            continue;
        build_want(b, list_of(b, i));
        is_known[i] = !list_of(b, i)->is_stale;
    }
    for (struct rendering *r = b->graph.site_renderings; r; r = r->next)
        if (r->of && r->of->is_listed && is_known[r->export])
            build_want(b, r);
}

/* Whether the path of its output tells an item's number. */
static bool tells_number(struct str template) {
    return str_find(template, STR("{n}")) < template.len ||
           str_find(template, STR("{-n}")) < template.len;
}

static void list_item(struct build *b, struct rendering *r, struct str value, uint32_t number) {
    struct item *item = r->of;
    bool is_same = str_eq(item->value.s, value);
    item->round = b->round;
    if (is_same && item->is_listed && r->item == number)
        return;
    if (!is_same)
        blob_set(&item->value, value);
    if (!is_same || (r->item != number && tells_number(b->exports[r->export]->path)))
        item->is_other = true;
    item->is_listed = true;
    r->item = number;
    graph_note(&b->graph, r);
}

/* An item that is gone gives its path up, which another may want. */
static void unlist(struct build *b, uint32_t export) {
    for (struct rendering *r = b->graph.site_renderings; r; r = r->next) {
        if (r->export != export || !r->of || !r->of->is_listed || r->of->round == b->round)
            continue;
        r->of->is_listed = false;
        build_release_path(b, r);
        graph_note(&b->graph, r);
    }
}

void build_take_items(struct build *b, const struct rendering *list, const struct answer *answer) {
    struct wire items = {.rest = buf_str(&answer->record[RECORD_ITEMS])};
    struct str key, value;
    uint32_t export = list->export;
    for (uint32_t n = 0; session_next_item(&items, &key, &value); n++)
        list_item(b, graph_site_rendering(&b->graph, export, key, false), value, n);
    unlist(b, export);
    for (struct rendering *r = b->graph.site_renderings; r; r = r->next)
        if (r->export == export && r->of && r->of->is_listed)
            build_want(b, r);
}
