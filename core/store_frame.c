/* Frames of the state: a head with a checksum of all that follows it, outputs, entries. */
#include <string.h>
#include <sys/stat.h>

#include "hash.h"
#include "store_parts.h"
#include "version.h"

enum { MAGIC = 0x33535346 /* "FSS3" */, ALIGN = 8 };

struct frame_head {
    uint64_t sum;
    uint32_t magic, kind;
    uint64_t version;
    uint64_t outputs_len, entries_len; /* bytes; what is no multiple of 8 is padded */
};

/* Another build of the program may read or render otherwise: its own bytes are its version. */
static uint64_t program_version(void) {
    static uint64_t version;
    struct stat st;
    if (version == 0) {
        version = hash_str(STR(FASCIA_VERSION));
        if (stat("/proc/self/exe", &st) == 0) {
            uint64_t parts[] = {version, (uint64_t)st.st_size, (uint64_t)st.st_mtim.tv_sec,
                                (uint64_t)st.st_mtim.tv_nsec};
            version = hash_bytes(parts, sizeof parts, 0);
        }
    }
    return version;
}

static uint64_t padded(uint64_t len) {
    return (len + ALIGN - 1) / ALIGN * ALIGN;
}

static uint64_t sum_of(const struct frame_head *head, struct str outputs, struct str entries) {
    uint64_t sum = hash_bytes(&head->magic, sizeof *head - sizeof head->sum, 0);
    sum = hash_bytes(outputs.at, outputs.len, sum);
    return hash_bytes(entries.at, entries.len, sum);
}

/* False: there is no head here, or the frame is longer than what there is. */
static bool take_head(struct str rest, struct frame_head *head) {
    if (rest.len < sizeof *head)
        return false;
    memcpy(head, rest.at, sizeof *head);
    uint64_t room = rest.len - sizeof *head;
    return head->magic == MAGIC && head->outputs_len <= room && head->entries_len <= room &&
           padded(head->outputs_len) + padded(head->entries_len) <= room;
}

static size_t frame_len(const struct frame_head *head) {
    return sizeof *head + padded(head->outputs_len) + padded(head->entries_len);
}

bool frame_next(struct str *rest, struct frame *f) {
    struct frame_head head;
    if (!take_head(*rest, &head))
        return false;
    *f = (struct frame){.kind = (enum frame_kind)head.kind,
                        .is_ours = head.version == program_version()};
    f->outputs = str_slice(str_from(*rest, sizeof head), 0, head.outputs_len);
    f->entries = str_slice(str_from(*rest, sizeof head + padded(head.outputs_len)), 0,
                           head.entries_len);
    if (head.kind > FRAME_WHOLE || sum_of(&head, f->outputs, f->entries) != head.sum)
        return false;
    *rest = str_from(*rest, frame_len(&head));
    return true;
}

bool frame_skip(struct str *rest) {
    struct frame_head head;
    if (!take_head(*rest, &head))
        return false;
    *rest = str_from(*rest, frame_len(&head));
    return true;
}

/* Writing */

static void put_padded(struct buf *b, struct str s) {
    static const char zeros[ALIGN];
    buf_put(b, s);
    buf_put(b, (struct str){zeros, padded(s.len) - s.len});
}

bool frame_write(int fd, enum frame_kind kind, const struct frame_draft *f, uint64_t *bytes) {
    struct str outputs = buf_str(&f->outputs), entries = buf_str(&f->entries);
    struct frame_head head = {.magic = MAGIC, .kind = kind, .version = program_version(),
                              .outputs_len = outputs.len, .entries_len = entries.len};
    struct buf whole = BUF_INIT;
    head.sum = sum_of(&head, outputs, entries);
    buf_reserve(&whole, frame_len(&head));
    buf_put(&whole, (struct str){(const char *)&head, sizeof head});
    put_padded(&whole, outputs);
    put_padded(&whole, entries);
    bool good = str_write(fd, buf_str(&whole));
    *bytes += whole.len;
    buf_free(&whole);
    return good;
}

void frame_free(struct frame_draft *f) {
    buf_free(&f->outputs);
    buf_free(&f->entries);
}

void frame_put_output(struct frame_draft *f, struct str path, uint64_t hash) {
    wire_put_u64(&f->outputs, hash);
    wire_put_str(&f->outputs, path);
}
