/* What parent and worker share: one socket for short messages, and shared memory for everything
 * long. The parent hands over batches of units (a file to read, a rendering to make); the worker
 * answers with records. Two batches may be under way, each in a slot of its own, so that a worker
 * never waits while the parent writes.
 *
 * Rules. The parent writes requests and acknowledges; only the worker writes replies and
 * `progress`. A worker that breaks a rule is killed. A unit counts as done only when its
 * RECORD_END has come. */
#ifndef FASCIA_PROTOCOL_H
#define FASCIA_PROTOCOL_H

#include <stdatomic.h>
#include <stdint.h>

#include "str.h"

enum { PROTOCOL_SLOTS = 2, PROTOCOL_BATCH_UNITS = 16 };
enum { REQUEST_BYTES = 64 << 20, REPLY_BYTES = 4 << 20, SHARED_HEAD_BYTES = 4096 };
enum { SHARED_BYTES = SHARED_HEAD_BYTES + PROTOCOL_SLOTS * (REQUEST_BYTES + REPLY_BYTES) };

/* The first page of a worker's shared memory. */
struct shared_head {
    _Atomic uint32_t progress; /* changes with every unit begun; protocol_progress makes it */
};

/* The files a worker finds open, by number. */
enum { WORKER_SOCKET = 3, WORKER_SHARED = 4, WORKER_HEADS = 5, WORKER_IMAGES = 6 };

/* How a worker ends that met an image whose bytes are not what they were, or that needs more
 * memory than it may have. */
enum { DAMAGED_STATUS = 4, MEMORY_STATUS = 5 };

/* Measures of a worker's lock-down that the system did not give it, as a bit set. */
enum {
    LACKS_SECCOMP = 1,
    LACKS_LANDLOCK = 2,
    LACKS_NO_NEW_PRIVS = 4,
    LACKS_LIMITS = 8,
    LACKS_DEATH_SIGNAL = 16,
    LACKS_COUNT = 5,
};

/* On the socket (SOCK_SEQPACKET), one struct a packet. */
enum message_kind {
    MESSAGE_HELLO, /* worker: locked down and ready; `len`: what it lacks */
    MESSAGE_BATCH, /* parent: `len` bytes and `count` units wait in request `slot` */
    MESSAGE_PART,  /* worker: `len` bytes of reply `slot`; it waits for MESSAGE_GO */
    MESSAGE_GO,    /* parent: reply `slot` was taken */
    MESSAGE_DONE,  /* worker: the last `len` bytes of reply `slot` */
};

struct message {
    uint32_t kind, slot, len, count;
};

/* A unit in a request is a counted string: u32 kind, then what the kind says (wire.h). */
enum unit_kind {
    UNIT_SETTINGS, /* str place, str bytes of site.yaml → IMAGE */
    UNIT_CONFIG,   /* str content prefix, str settings image, u32 files × (str name, str place,
                    * str bytes): the plugins folders, u32 plugins */
    UNIT_PLUGIN,   /* u32 number, str name of its file, str place → PLUGIN */
    UNIT_READ,     /* str place, str path, str bytes, u32 plugin that reads it or NO_PLUGIN →
                    * IMAGE */
    UNIT_IMPORT,   /* as READ → REMARKs, BYTES (Markdown) */
    UNIT_SITE,     /* u32 articles, u64 bytes of heads, str now, u32 exports × str name */
    UNIT_ITEMS,    /* u32 plugin, u32 export → ITEMS: what `each` asks for renderings of */
    UNIT_RENDER,   /* u32 plugin, u32 export, u32 article, u32 item, str key, str value (of an
                    * item that an `each` gave) → PATH, BYTES */
    UNIT_CHECK,   /* u32 plugin, u32 article or NO_ARTICLE: the site → READS */
    UNIT_TRACE,    /* as RENDER, slower → LINES as well */
    UNIT_TEST,     /* str name of the file, str place, str bytes, str folder of its fixtures, u32
                    * whether golden files are made anew, u32 files × (str name, str place, str
                    * bytes) → TESTs, GOLDENs */
};

#define NO_ARTICLE UINT32_MAX
#define NO_PLUGIN UINT32_MAX
#define NO_EXPORT UINT32_MAX

/* Of one plugin, and of its test file. */
enum { MOST_EXPORTS = 100, MOST_TESTS = 10000 };

/* Names of files that a plugin asks for in one worker, as RECORD_FILES has them. */
enum { FILES_BYTES = 64 * 1024 };

/* A record in a reply: u32 kind (with RECORD_MORE when it goes on in the next), u32 len, bytes,
 * zeros up to a multiple of 8. */
enum record_kind {
    RECORD_UNIT,   /* u32 place in the batch: what follows belongs to it */
    RECORD_IMAGE,  /* an image */
    RECORD_PLUGIN, /* what a plugin says of itself, see plugin.h */
    RECORD_PATH,   /* where this rendering's output goes */
    RECORD_BYTES,  /* output; several records follow one another */
    RECORD_DIAG,   /* one message, as wire_put_diag writes it */
    RECORD_LOG,    /* text a plugin printed */
    RECORD_REMARK, /* u32 line, u32 dropped, str text */
    RECORD_ITEMS,  /* str key, str value (as bind_items.c has it) … */
    RECORD_READS,  /* what a rendering read, see reads.h */
    RECORD_FILES,  /* files its plugin has asked for since it last said: (u32 export that used it as
                    * a template, or NO_EXPORT: the plugin itself did, str name) … */
    RECORD_LINES,  /* which lines read what: (u32 article, u32 slot | enum read_kind, str path,
                    * u32 line) … */
    RECORD_TEST,   /* u32 enum test_end, u32 line, u64 ns, str name, u32 messages × (as
                    * wire_put_diag writes them) */
    RECORD_GOLDEN, /* str name, str bytes: what a golden file must hold from now on */
    RECORD_END,    /* u32 enum unit_end */
};

#define RECORD_MORE (UINT32_C(1) << 31)
enum { RECORD_HEAD_BYTES = 8 };

/* What an export's renderings are made for. */
enum each {
    EACH_ARTICLE,  /* each article */
    EACH_SITE,     /* once */
    EACH_LIST,     /* each element of a list field of each article: "article.comparisons" */
    EACH_FUNCTION, /* each element of what a function of the site returns */
};

/* What an `each` function may ask for: so many renderings, of so many bytes of keys and values. */
enum { EACH_MOST = 100000, EACH_BYTES = 16 << 20, EACH_KEY_BYTES = 200 };

/* What becomes of a test. It is told twice: when it begins, in a part of its own, so that it is
 * known by name should it never end and has a deadline to itself; and how it ended. */
enum test_end { TEST_BEGUN, TEST_PASSED, TEST_FAILED, TEST_PENDING };

enum unit_end {
    UNIT_MADE,
    UNIT_FAILED,
    UNIT_SKIPPED, /* `when` said no; or a reader said what is wrong with the file */
};

/* Offsets into the shared memory. */
static inline size_t protocol_request_at(uint32_t slot) {
    return SHARED_HEAD_BYTES + (size_t)slot * REQUEST_BYTES;
}

static inline size_t protocol_reply_at(uint32_t slot) {
    return SHARED_HEAD_BYTES + (size_t)PROTOCOL_SLOTS * REQUEST_BYTES + (size_t)slot * REPLY_BYTES;
}

/* Which unit of which batch runs: the slot in the upper half, the unit's place in the batch,
 * counted from 1, in the lower; a running number between tells two batches apart. */
static inline uint32_t protocol_progress(uint32_t slot, uint32_t batch, uint32_t unit) {
    return slot << 31 | (batch & 0x7FFF) << 16 | (unit & 0xFFFF);
}

#endif
