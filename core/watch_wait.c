/* What waits to be told: files of which something is expected. Whether one has changed is decided
 * by stat at the moment of telling. */
#include "watch_parts.h"

#include <fcntl.h>
#include <stdlib.h>

enum { TICK_MS = 10 };

uint64_t watch_now_ms(void) {
    return uv_hrtime() / 1000000;
}

static uint64_t earlier(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static uint64_t later(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}

static struct pending *begin(struct watch *w, struct file *f, uint64_t now) {
    struct pending *p = must_alloc(sizeof *p);
    *p = (struct pending){.previous = w->last_pending, .file = f, .is_anew = !f->is_known,
                          .first_ms = now, .due_ms = now};
    if (w->last_pending)
        w->last_pending->next = p;
    else
        w->first_pending = p;
    w->last_pending = p;
    w->pending_count++;
    f->pending = p;
    return p;
}

static void expect(struct watch *w, struct pending *p, enum expectation e) {
    w->finished -= p->expect == EXPECT_FINISHED;
    w->anew -= p->expect == EXPECT_FINISHED && p->is_anew;
    w->missing -= p->expect == EXPECT_GONE;
    p->expect = e;
    w->finished += e == EXPECT_FINISHED;
    w->anew += e == EXPECT_FINISHED && p->is_anew;
    w->missing += e == EXPECT_GONE;
}

void watch_end(struct watch *w, struct pending *p) {
    struct file *f = p->file;
    expect(w, p, EXPECT_CALM);
    if (p->previous)
        p->previous->next = p->next;
    else
        w->first_pending = p->next;
    if (p->next)
        p->next->previous = p->previous;
    else
        w->last_pending = p->previous;
    w->pending_count--;
    f->pending = NULL;
    free(p);
    if (!f->is_known)
        watch_free_file(w, f);
}

static void wait_until(struct pending *p, uint64_t due_ms) {
    p->due_ms = earlier(due_ms, p->first_ms + WATCH_MOST_MS);
}

static void wait_for_calm(struct watch *w, struct pending *p, uint64_t ms) {
    uint64_t due = watch_now_ms() + ms;
    wait_until(p, p->expect == EXPECT_CALM ? later(due, p->due_ms) : due);
    expect(w, p, EXPECT_CALM);
    p->is_closed = false;
}

void watch_notice(struct watch *w, struct file *f, enum notice what) {
    uint64_t now = watch_now_ms();
    struct pending *p = f->pending ? f->pending : begin(w, f, now);
    p->is_sure = f->is_young;
    switch (what) {
    case NOTICE_FINISHED:
        expect(w, p, EXPECT_FINISHED);
        p->is_closed = true;
        p->has_seen = false;
        p->due_ms = now;
        break;
    case NOTICE_GONE:
    case NOTICE_REMOVED: // one that was never told, a temporary file, nobody waits for
        expect(w, p, f->is_known ? EXPECT_GONE : EXPECT_CALM);
        p->due_ms = f->is_known ? now + WATCH_BEAT_MS : now;
        p->is_anew = p->is_anew || what == NOTICE_REMOVED;
        break;
    case NOTICE_MADE:
        wait_for_calm(w, p, WATCH_BEAT_MS);
        break;
    case NOTICE_WRITTEN:
        // Some tools truncate or write once more after they closed: that is soon over.
        wait_for_calm(w, p, p->is_closed ? WATCH_BEAT_MS : WATCH_UNFINISHED_MS);
        return; // a file that is kept open holds no batch back
    case NOTICE_TOUCHED:
        if (p->expect == EXPECT_CALM) // editors set the mode after they closed the file
            wait_until(p, later(p->due_ms, now + WATCH_BEAT_MS));
        return;
    }
    w->stirred_ms = now;
}

/* Events may lie unread in the queue and say more: so what the scan saw waits a beat as well. */
void watch_notice_seen(struct watch *w, struct file *f, const struct fingerprint *seen, bool sure) {
    struct pending *p = begin(w, f, watch_now_ms());
    p->is_sure = sure;
    p->has_seen = true;
    p->seen = *seen;
    p->due_ms += WATCH_BEAT_MS;
}

static void tell(struct watch *w, struct pending *p, enum watch_kind kind, struct str path,
                 const struct fingerprint *print) {
    struct file *f = p->file;
    unsigned root = f->node.parent->root;
    f->is_known = kind == WATCH_SAVED;
    f->print = *print;
    f->is_young = watch_is_young(print);
    w->has_told = true;
    w->owner.changed(w->owner.self, root, path, kind, print);
    watch_end(w, p);
}

/* The beat that a vanished file is given begins when it is first missed. */
static bool waits_for_return(struct watch *w, struct pending *p, uint64_t now) {
    if (p->expect == EXPECT_GONE)
        return false;
    expect(w, p, EXPECT_GONE);
    p->due_ms = now + WATCH_BEAT_MS;
    return true;
}

/* Programs empty a file, or make an empty one, before they write it. One that was closed empty
 * has a beat to get its text; one that is still open has all the time there is. */
static bool waits_for_text(struct watch *w, struct pending *p, const struct fingerprint *print,
                           uint64_t now) {
    if (print->size > 0 || (p->file->is_known && p->file->print.size == 0)) {
        p->emptied_ms = 0;
        return false;
    }
    if (p->emptied_ms == 0)
        p->emptied_ms = now;
    uint64_t due = p->is_closed ? p->emptied_ms + WATCH_BEAT_MS : p->first_ms + WATCH_MOST_MS;
    if (now >= due)
        return false;
    expect(w, p, EXPECT_CALM);
    wait_until(p, due);
    return true;
}

/* Without events only two looks that agree say that a writer is done. */
static bool waits_for_calm(struct pending *p, const struct fingerprint *print, uint64_t now) {
    if (!p->has_seen || p->expect == EXPECT_FINISHED || watch_same(&p->seen, print) ||
        now >= p->first_ms + WATCH_MOST_MS)
        return false;
    p->seen = *print;
    wait_until(p, now + WATCH_BEAT_MS);
    return true;
}

static void decide(struct watch *w, struct pending *p, uint64_t now) {
    static const struct fingerprint none;
    struct fingerprint print;
    struct file *f = p->file;
    struct str path;
    const char *full = watch_path(w, &w->path, f->node.parent, f->node.name, &path);
    if (!watch_stat(w, f->node.parent, AT_FDCWD, full, f->node.name, &print)) {
        if (!f->is_known || watch_is_kept(w, f->node.parent))
            watch_end(w, p);
        else if (!waits_for_return(w, p, now))
            tell(w, p, WATCH_GONE, path, &none);
    } else if (f->is_known && watch_same(&print, &f->print) && !p->is_sure) {
        watch_end(w, p);
    } else if (!waits_for_text(w, p, &print, now) && !waits_for_calm(p, &print, now)) {
        tell(w, p, WATCH_SAVED, path, &print);
    }
}

/* Turns */

bool watch_is_single(const struct watch *w) {
    return w->finished == 1 && w->anew == 0 && w->missing == 0;
}

/* What the next turn would find. */
struct outlook {
    bool is_due;  /* something may be told */
    bool comes;   /* something that belongs to it has its beat yet */
    size_t count; /* how many files and folders came, went or were finished */
};

static struct outlook look_out(const struct watch *w, uint64_t now) {
    struct outlook o = {.count = w->finished + w->missing};
    for (const struct pending *p = w->first_pending; p; p = p->next) {
        o.is_due = o.is_due || p->due_ms <= now;
        o.comes = o.comes || (p->due_ms > now && (p->expect == EXPECT_GONE || p->has_seen));
        o.count += p->has_seen && p->expect == EXPECT_CALM;
    }
    for (const struct folder *f = w->doubts; f; f = f->doubt_next) {
        bool is_due = f->doubted_ms + WATCH_BEAT_MS <= now;
        o.is_due = o.is_due || is_due;
        o.comes = o.comes || !is_due;
    }
    for (unsigned i = 0; i < w->root_count; i++) {
        o.is_due = o.is_due || w->tops[i]->is_news;
        o.count += w->tops[i]->is_news;
    }
    return o;
}

/* Files that come, go or are finished belong together: a rename is one that went and one that
 * came, a checkout is a thousand. Only editors save one file that was there before. */
static bool is_held(struct watch *w, struct outlook o, uint64_t now) {
    if (o.count <= 1 && w->anew == 0)
        return false;
    if (w->held_ms == 0)
        w->held_ms = now;
    return (o.comes || now - w->stirred_ms < WATCH_QUIET_MS) && now - w->held_ms < WATCH_MOST_MS;
}

void watch_turn(struct watch *w) {
    uint64_t now = watch_now_ms();
    struct outlook o = look_out(w, now);
    if (o.is_due && is_held(w, o, now))
        return;
    w->held_ms = 0;
    if (!o.is_due)
        return;
    w->has_told = false;
    watch_tell_roots(w);
    watch_decide_doubts(w, now);
    for (struct pending *p = w->first_pending, *next; p; p = next) {
        next = p->next;
        if (p->due_ms <= now)
            decide(w, p, now);
    }
    if (w->has_told)
        w->owner.settled(w->owner.self);
}

static void on_beat(uv_timer_t *timer) {
    struct watch *w = timer->data;
    watch_look_at_doubts(w);
    watch_look_for_roots(w);
    watch_turn(w);
    watch_arm(w);
}

void watch_arm(struct watch *w) {
    bool is_waiting = w->first_pending || w->doubts;
    bool is_absent = false;
    for (unsigned i = 0; i < w->root_count; i++) {
        is_waiting = is_waiting || w->tops[i]->is_news;
        is_absent = is_absent || w->tops[i]->is_absent;
    }
    uint64_t ms = is_waiting ? TICK_MS : WATCH_BEAT_MS;
    if (!is_waiting && !is_absent)
        uv_timer_stop(&w->beat);
    else if (!uv_is_active((uv_handle_t *)&w->beat) || uv_timer_get_repeat(&w->beat) != ms)
        uv_timer_start(&w->beat, on_beat, ms, ms);
}
