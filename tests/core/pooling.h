/* A worker whose ways a test chooses: the first byte of the `heads` file names them. It answers
 * units as the real one does, but what a unit says is a command. See fake_worker. */
#ifndef FASCIA_POOLING_H
#define FASCIA_POOLING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pool.h"
#include "reply.h"
#include "wire.h"

enum fake_way {
    FAKE_HONEST = 'h',
    FAKE_GONE = 'g', /* ends at once */
    FAKE_TWO_HELLOS = '2',
    FAKE_SHORT_MESSAGE = 'm', /* a message that is cut off */
    FAKE_UNKNOWN_MESSAGE = 'u',
    FAKE_UNASKED_REPLY = 'r', /* before there is a batch */
    FAKE_SETUP_ONLY = 'o',    /* runs setup units, then dies between two batches */
};

struct fake {
    char *shared;
    struct reply reply;
    uint32_t batches;
};

static inline void fake_send(struct message m) {
    if (send(WORKER_SOCKET, &m, sizeof m, MSG_NOSIGNAL) != sizeof m)
        _exit(0);
}

static inline struct message fake_receive(void) {
    struct message m;
    if (recv(WORKER_SOCKET, &m, sizeof m, 0) != sizeof m)
        _exit(0);
    return m;
}

/* No test has both slots under way and a reply in parts. */
static inline void fake_hand_over(struct reply *r) {
    fake_send((struct message){MESSAGE_PART, r->slot, (uint32_t)r->area.len, 0});
    while (fake_receive().kind != MESSAGE_GO)
        ;
}

/* A record whose head says what the test wants. */
static inline void fake_raw_record(struct fake *f, uint32_t kind, uint32_t len) {
    uint32_t head[2] = {kind, len};
    memcpy(f->reply.area.at + f->reply.area.len, head, sizeof head);
    f->reply.area.len += sizeof head;
}

static inline _Noreturn void fake_done(uint32_t slot, uint32_t len) {
    fake_send((struct message){MESSAGE_DONE, slot, len, 0});
    for (;;)
        pause(); // to be killed
}

/* What it was given to look at. */
static inline bool fake_can_write(int fd) {
    void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return at != MAP_FAILED || pwrite(fd, "x", 1, 0) == 1 || ftruncate(fd, 0) == 0;
}

static inline _Atomic uint32_t *fake_progress(struct fake *f) {
    return &((struct shared_head *)(void *)f->shared)->progress;
}

/* Never ends, and pretends to get on. */
static inline _Noreturn void fake_stall(struct fake *f) {
    for (uint32_t i = 0;; i++) {
        atomic_store(fake_progress(f), protocol_progress(f->reply.slot, f->batches, i % 3));
        usleep(1000);
    }
}

/* Dies, and says that it was at no unit it has. */
static inline void fake_crash_elsewhere(struct fake *f) {
    atomic_store(fake_progress(f), protocol_progress(f->reply.slot, f->batches + 7, 1));
    raise(SIGKILL);
}

/* Sends parts without end, smaller ones than there are. */
static inline _Noreturn void fake_parts(struct fake *f, uint32_t len) {
    for (;;) {
        while (f->reply.area.len < len)
            fake_raw_record(f, RECORD_BYTES, 0);
        fake_send((struct message){MESSAGE_PART, f->reply.slot, len, 0});
        fake_receive();
        f->reply.area.len = 0;
    }
}

/* What a command does besides its answer; most of them end the worker, one way or another. */
static inline void fake_obey(struct fake *f, struct str command) {
    uint32_t end = UNIT_MADE, len = (uint32_t)f->reply.area.len;
    if (str_eq(command, STR("hang")))
        for (;;)
            pause();
    else if (str_eq(command, STR("spin")))
        for (volatile int i = 0;; i++)
            ;
    else if (str_eq(command, STR("crash")))
        raise(SIGKILL);
    else if (str_eq(command, STR("exit")))
        _exit(7);
    else if (str_eq(command, STR("damaged")))
        _exit(DAMAGED_STATUS);
    else if (str_eq(command, STR("slow")))
        usleep(120000);
    else if (str_eq(command, STR("slow-parts")))
        for (int i = 0; i < 10; i++) {
            reply_flush(&f->reply);
            usleep(120000);
            reply_record(&f->reply, RECORD_TEST, STR(""));
        }
    else if (str_eq(command, STR("stall")))
        fake_stall(f);
    else if (str_eq(command, STR("crash-elsewhere")))
        fake_crash_elsewhere(f);
    else if (str_eq(command, STR("empty-parts")))
        fake_parts(f, 0);
    else if (str_eq(command, STR("small-parts")))
        fake_parts(f, 64);
    else if (str_eq(command, STR("fail")))
        end = UNIT_FAILED;
    else if (str_eq(command, STR("skip")))
        end = UNIT_SKIPPED;
    else if (str_eq(command, STR("write")))
        end = fake_can_write(WORKER_HEADS) || fake_can_write(WORKER_IMAGES) ? UNIT_MADE
                                                                            : UNIT_FAILED;
    else if (str_eq(command, STR("large")))
        for (int i = 0; i < 3 * 1024; i++)
            buf_put(i ? &f->reply.area : reply_open(&f->reply, RECORD_BYTES),
                    (struct str){f->shared + protocol_request_at(0), 4096});
    else if (str_eq(command, STR("bad-end")))
        end = UNIT_SKIPPED + 1;
    else if (str_eq(command, STR("unit-twice")))
        reply_u32(&f->reply, RECORD_UNIT, 1);
    else if (str_eq(command, STR("unknown-record")))
        reply_record(&f->reply, (enum record_kind)(RECORD_END + 1), STR("x"));
    else if (str_eq(command, STR("long-record")))
        fake_raw_record(f, RECORD_BYTES, UINT32_MAX);
    else if (str_eq(command, STR("open-end")) || str_eq(command, STR("open-other")))
        fake_raw_record(f, RECORD_BYTES | RECORD_MORE, 0);
    else if (str_eq(command, STR("cut-record")))
        fake_done(f->reply.slot, len + 4);
    else if (str_eq(command, STR("no-end")))
        fake_done(f->reply.slot, len);
    else if (str_eq(command, STR("long-reply"))) {
        fake_raw_record(f, RECORD_BYTES, SHARED_BYTES); // well formed, and longer than the memory
        fake_done(f->reply.slot, (uint32_t)f->reply.area.len + SHARED_BYTES);
    } else if (str_eq(command, STR("other-slot")))
        fake_done(1, len);
    else if (str_eq(command, STR("idle-slot")))
        fake_done(!f->reply.slot, 0);
    else if (str_eq(command, STR("no-slot")))
        fake_done(77, len);
    else if (str_eq(command, STR("refuse")))
        reply_record(&f->reply, RECORD_LOG, STR("the owner refuses this"));
    reply_close(&f->reply);
    if (str_eq(command, STR("open-other")))
        reply_record(&f->reply, RECORD_DIAG, command);
    if (!str_eq(command, STR("open-end")))
        reply_record(&f->reply, RECORD_BYTES, command);
    reply_u32(&f->reply, RECORD_END, end);
    if (str_eq(command, STR("two-ends")))
        reply_u32(&f->reply, RECORD_END, end);
}

static inline void fake_batch(struct fake *f, struct message m) {
    struct shared_head *head = (struct shared_head *)(void *)f->shared;
    struct wire request = {.rest = {f->shared + protocol_request_at(m.slot), m.len}};
    f->batches++;
    reply_begin(&f->reply, f->shared + protocol_reply_at(m.slot), m.slot);
    for (uint32_t i = 0; i < m.count; i++) {
        struct wire unit = {.rest = wire_str(&request)};
        wire_u32(&unit); // its kind
        atomic_store(&head->progress, protocol_progress(m.slot, f->batches, i + 1));
        reply_u32(&f->reply, RECORD_UNIT, i);
        fake_obey(f, unit.rest);
    }
    atomic_store(&head->progress, protocol_progress(m.slot, f->batches, 0));
    fake_send((struct message){MESSAGE_DONE, m.slot, (uint32_t)f->reply.area.len, m.count});
}

/* Begins with what is wrong from the start. */
static inline void fake_hello(char way) {
    struct message hello = {MESSAGE_HELLO, 0, 0, 0};
    if (way == FAKE_GONE)
        _exit(0);
    fake_send(hello);
    if (way == FAKE_TWO_HELLOS)
        fake_send(hello);
    if (way == FAKE_UNKNOWN_MESSAGE)
        fake_send((struct message){99, 0, 0, 0});
    if (way == FAKE_UNASKED_REPLY)
        fake_send((struct message){MESSAGE_DONE, 0, 0, 0});
    if (way == FAKE_SHORT_MESSAGE)
        send(WORKER_SOCKET, &hello, 3, MSG_NOSIGNAL);
    if (way != FAKE_HONEST && way != FAKE_SETUP_ONLY)
        for (;;)
            pause(); // to be killed
}

static inline _Noreturn void fake_worker(void) {
    static struct fake f;
    prctl(PR_SET_PDEATHSIG, SIGKILL); // some of its ways never end
    char way = FAKE_HONEST;
    f.shared = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_SHARED, 0);
    if (f.shared == MAP_FAILED || pread(WORKER_HEADS, &way, 1, 0) != 1)
        _exit(3);
    f.reply.hand_over = fake_hand_over;
    fake_hello(way);
    for (;;) {
        struct message m = fake_receive();
        if (m.kind != MESSAGE_BATCH)
            continue;
        if (way == FAKE_SETUP_ONLY && f.batches == 1)
            raise(SIGKILL);
        fake_batch(&f, m);
    }
}

#endif
