/* Folders that are perhaps gone. Each has a beat to return; then it is dropped with all below it,
 * and its files are told as gone. Roots are never dropped, but looked for. */
#include "watch_parts.h"

void watch_doubt(struct watch *w, struct folder *f, bool must_look) {
    f->must_look = f->must_look || must_look;
    if (f->is_doubted || f->is_absent)
        return;
    f->is_doubted = true;
    f->doubted_ms = w->stirred_ms = watch_now_ms();
    f->doubt_previous = NULL;
    f->doubt_next = w->doubts;
    if (w->doubts)
        w->doubts->doubt_previous = f;
    w->doubts = f;
    w->missing++;
}

void watch_trust(struct watch *w, struct folder *f) {
    f->must_look = false;
    if (!f->is_doubted)
        return;
    f->is_doubted = false;
    if (f->doubt_previous)
        f->doubt_previous->doubt_next = f->doubt_next;
    else
        w->doubts = f->doubt_next;
    if (f->doubt_next)
        f->doubt_next->doubt_previous = f->doubt_previous;
    w->missing--;
}

void watch_look_at_doubts(struct watch *w) {
    for (struct folder *f = w->doubts, *next; f; f = next) {
        next = f->doubt_next;
        if (f->must_look) {
            f->must_look = false;
            watch_refresh(w, f);
        }
    }
}

static void drop_file(struct watch *w, struct file *f, bool tells) {
    static const struct fingerprint none;
    if (f->pending && !f->is_known) {
        watch_end(w, f->pending);
        return;
    }
    if (tells) {
        struct str path;
        watch_path(w, &w->path, f->node.parent, f->node.name, &path);
        w->has_told = true;
        w->owner.changed(w->owner.self, f->node.parent->root, path, WATCH_GONE, &none);
    }
    f->is_known = false;
    if (f->pending)
        watch_end(w, f->pending);
    else
        watch_free_file(w, f);
}

static void drop_below(struct watch *w, struct folder *f, bool tells) {
    while (f->files)
        drop_file(w, (struct file *)(void *)f->files, tells);
    while (f->folders)
        watch_drop(w, (struct folder *)(void *)f->folders, tells);
}

void watch_drop(struct watch *w, struct folder *f, bool tells) {
    drop_below(w, f, tells);
    watch_trust(w, f);
    watch_remove_watch(w, f);
    watch_free_folder(w, f);
}

static void tell_root(struct watch *w, const struct folder *f, enum watch_kind kind) {
    static const struct fingerprint none;
    w->has_told = true;
    w->owner.changed(w->owner.self, f->root, STR(""), kind,
                     kind == WATCH_SAVED ? &f->print : &none);
}

bool watch_is_kept(const struct watch *w, const struct folder *f) {
    return w->tops[f->root]->is_absent && w->roots[f->root].must_exist;
}

static void lose_root(struct watch *w, struct folder *f) {
    watch_trust(w, f);
    watch_remove_watch(w, f);
    f->is_absent = true;
    tell_root(w, f, WATCH_GONE);
    if (!w->roots[f->root].must_exist)
        drop_below(w, f, true);
}

void watch_decide_doubts(struct watch *w, uint64_t now) {
    for (struct folder *f = w->doubts; f; f = w->doubts) {
        while (f && f->doubted_ms + WATCH_BEAT_MS > now)
            f = f->doubt_next;
        if (!f)
            return;
        watch_refresh(w, f);
        if (f->is_doubted && !f->node.parent)
            lose_root(w, f);
        else if (f->is_doubted && watch_is_kept(w, f))
            watch_trust(w, f);
        else if (f->is_doubted)
            watch_drop(w, f, true);
    }
}

void watch_look_for_roots(struct watch *w) {
    for (unsigned i = 0; i < w->root_count; i++)
        if (w->tops[i]->is_absent)
            watch_refresh(w, w->tops[i]);
}

void watch_tell_roots(struct watch *w) {
    for (unsigned i = 0; i < w->root_count; i++)
        if (w->tops[i]->is_news) {
            w->tops[i]->is_news = false;
            tell_root(w, w->tops[i], WATCH_SAVED);
        }
}
