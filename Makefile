# Fascia's build. `make` builds build/fascia; `make help` lists the rest.

# The core, floor by floor, in reading order. A name stands for core/NAME.h, core/NAME.c and its
# parts core/NAME_*.[ch]. A file may include headers of its own floor and of those below, and parts
# are private to their name; scripts/floors reads these very lines and fails on what climbs.
FLOOR_0 = str arena buf diag utf8 hash moment sanitized version
FLOOR_1 = value source pieces image wire protocol site reads
FLOOR_2 = model block document words entities yaml markdown paste html text commonmark article \
          json encode settings
FLOOR_3 = prelude types sandbox bind failure plugin reply worker
FLOOR_4 = content graph store shelf taken output show
FLOOR_5 = pool session trace watch build single explain verify testing skeleton fresh
FLOOR_6 = message codes completion command main

FLOORS = $(FLOOR_0) $(FLOOR_1) $(FLOOR_2) $(FLOOR_3) $(FLOOR_4) $(FLOOR_5) $(FLOOR_6)
SOURCES = $(sort $(wildcard $(FLOORS:%=core/%.c) $(FLOORS:%=core/%_*.c)))
PRELUDE = $(sort $(wildcard core/prelude/*.lua))
SKELETON = $(sort $(shell find core/skeleton -type f))
COMPLETION = $(sort $(wildcard core/completion/fascia.*))
SHARE = $(addprefix build/share/fascia.,1 bash zsh fish) build/types/fascia.lua

PREFIX = /usr/local
DESTDIR =
ZSHDIR = $(PREFIX)/share/zsh/site-functions

ifeq ($(origin CC),default)
CC = gcc
endif
CLANG = clang
CFLAGS = -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
LDFLAGS = -Wl,-z,relro,-z,now

# Asked once, and only when something is compiled: `make run` works before pkg-config is there.
PACKAGES = lua5.4 libuv md4c yaml-0.1 libxxhash libseccomp
ask = $(eval $(1) := $$(shell pkg-config $(2)))$($(1))
LIB_CFLAGS = $(call ask,LIB_CFLAGS,--cflags $(PACKAGES))
LIB_FLAGS = $(call ask,LIB_FLAGS,--libs $(PACKAGES))
LIBS = $(LIB_FLAGS) -lutf8proc -lm

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
DEFINES = -D_GNU_SOURCE
# Paths in what is debugged begin where the sources do, so that any folder gives the same bytes.
COMPILE = -std=c11 $(WARNINGS) $(DEFINES) -iquote core "-ffile-prefix-map=$(CURDIR)=." \
	$(LIB_CFLAGS) -MMD -MP $(CPPFLAGS)

# Four builds of the same sources: the program; the one with AddressSanitizer and
# UndefinedBehaviorSanitizer; the one with ThreadSanitizer; and clang's for the fuzzers. A warning
# stops all but the first, so that `make test` sees those of both compilers and a newcomer's newer
# compiler still gets a program.
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_obj = $(CFLAGS)
FLAGS_asan = -O1 -g -fno-omit-frame-pointer $(SANITIZE) -Werror
FLAGS_tsan = -O1 -g -fno-omit-frame-pointer -fsanitize=thread -Werror
FLAGS_fuzz = -O1 -g -fno-omit-frame-pointer $(SANITIZE) -fsanitize=fuzzer-no-link -Werror

# `make V=1` shows whole commands.
Q = $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)')

JOBS := $(shell nproc 2>/dev/null || echo 2)
PARALLEL = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(JOBS))
FUZZ_SECONDS = 60
TEST_FUZZ_SECONDS = 5

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all run test test-programs bench fuzz soak check-floors format install uninstall \
	deb test-deb clean help FORCE

all: build/fascia $(SHARE)

help:
	@echo 'make              build/fascia'
	@echo 'make run          install what is missing, build, export content/ into public/'
	@echo 'make test         install what is missing, build, run every test'
	@echo 'make bench        a full build of 10,000 articles against the floor'
	@echo 'make fuzz         every fuzz target for FUZZ_SECONDS=$(FUZZ_SECONDS)'
	@echo 'make soak         random edits for SOAK_MINUTES=20, each burst judged by a clean build'
	@echo 'make check-floors what scripts/floors says of the includes'
	@echo 'make format       clang-format over the C files'
	@echo 'make install      program, plugins, manual page, completions; DESTDIR= PREFIX=$(PREFIX)'
	@echo 'make uninstall    take away all that was installed'
	@echo 'make deb          a Debian package in build/'
	@echo 'make test-deb     installs, uses and removes it in a fresh Debian; as root, with a network'
	@echo 'make clean        remove build/'

# What everything depends on besides its sources: another flag, or another list of prelude files,
# compiles again.
build/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(COMPILE) $(FLAGS_obj) $(FLAGS_asan) $(FLAGS_tsan) $(CLANG) $(FLAGS_fuzz)' \
		'$(PRELUDE) $(SKELETON) $(COMPLETION)' > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

build/prelude.c: scripts/embed $(PRELUDE) build/flags
	scripts/embed prelude .lua $(PRELUDE) > $@
build/skeleton.c: scripts/embed $(SKELETON) build/flags
	scripts/embed skeleton '' $(SKELETON) > $@
build/completion.c: scripts/embed $(COMPLETION) build/flags
	scripts/embed completion '' $(COMPLETION) > $@

# build/BUILD/… from core/, tests/ and what is generated, and the core without its main as a
# library, so that a test links only what it needs.
define build-rules
build/$(1)/%.o: core/%.c build/flags
	@mkdir -p $$(@D)
	$$(call say,CC $$@)
	$$(Q)$(2) $$(COMPILE) $$(FLAGS_$(1)) -c -o $$@ $$<
build/$(1)/%.o: build/%.c build/flags
	@mkdir -p $$(@D)
	$$(call say,CC $$@)
	$$(Q)$(2) $$(COMPILE) $$(FLAGS_$(1)) -c -o $$@ $$<
build/$(1)/tests/%.o: tests/%.c build/flags
	@mkdir -p $$(@D)
	$$(call say,CC $$@)
	$$(Q)$(2) $$(COMPILE) $$(FLAGS_$(1)) -c -o $$@ $$<
build/$(1)/core.a: $$(patsubst core/%.c,build/$(1)/%.o,$$(filter-out core/main.c,$$(SOURCES))) \
		build/$(1)/prelude.o build/$(1)/skeleton.o build/$(1)/completion.o
	@rm -f $$@
	$$(Q)ar rcs $$@ $$^
endef
BUILDS = obj asan tsan fuzz
$(eval $(call build-rules,obj,$$(CC)))
$(eval $(call build-rules,asan,$$(CC)))
$(eval $(call build-rules,tsan,$$(CC)))
$(eval $(call build-rules,fuzz,$$(CLANG)))

build/fascia: build/obj/main.o build/obj/core.a
	$(call say,LD $@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
build/fascia-asan: build/asan/main.o build/asan/core.a
	$(call say,LD $@)
	$(Q)$(CC) $(FLAGS_asan) -o $@ $^ $(LIBS)

build/fascia-tsan: build/tsan/main.o build/tsan/core.a
	$(call say,LD $@)
	$(Q)$(CC) $(FLAGS_tsan) -o $@ $^ $(LIBS)

# The program prints its own manual page and completions.
build/share/fascia.1: build/fascia
	@mkdir -p $(@D)
	$(call say,MAN $@)
	$(Q)build/fascia help --man > $@
build/share/fascia.%: build/fascia
	@mkdir -p $(@D)
	$(call say,GEN $@)
	$(Q)build/fascia help --completion=$* > $@

# What plugins meet, for the Lua language server.
build/types/fascia.lua: build/fascia
	@mkdir -p $(@D)
	$(Q)build/fascia types > $@

# Tests of the core: each tests/core/test_NAME.c is a program; other files there are shared by all.
TESTS = $(patsubst tests/core/%.c,%,$(wildcard tests/core/test_*.c))
SHARED = $(filter-out $(TESTS),$(patsubst tests/core/%.c,%,$(wildcard tests/core/*.c)))
FUZZERS = $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
comma = ,
BENCHES = build/bench/corpus build/bench/floor build/bench/measure build/bench/save \
          build/bench/recording

build/obj/test_%: build/obj/tests/core/test_%.o $(SHARED:%=build/obj/tests/core/%.o) build/obj/core.a
	$(call say,LD $@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)
build/asan/test_%: build/asan/tests/core/test_%.o $(SHARED:%=build/asan/tests/core/%.o) \
		build/asan/core.a
	$(call say,LD $@)
	$(Q)$(CC) $(FLAGS_asan) -o $@ $^ -lcmocka $(LIBS)
# Runs tests/lua/run.lua on the core's primitives.
build/obj/lua_host: build/obj/tests/lua/host.o build/obj/core.a
	$(call say,LD $@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
build/asan/lua_host: build/asan/tests/lua/host.o build/asan/core.a
	$(call say,LD $@)
	$(Q)$(CC) $(FLAGS_asan) -o $@ $^ $(LIBS)
build/fuzz/fuzz_%: build/fuzz/tests/fuzz/fuzz_%.o build/fuzz/core.a
	$(call say,LD $@)
	$(Q)$(CLANG) $(FLAGS_fuzz) -fsanitize=fuzzer -o $@ $^ $(LIBS)
build/bench/%: build/obj/tests/bench/%.o
	@mkdir -p $(@D)
	$(call say,LD $@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(BENCH_LIBS)
build/bench/floor: BENCH_LIBS = -lmd4c-html -lmd4c -lpthread
build/bench/measure build/bench/save: build/obj/tests/bench/memory.o
build/bench/recording: build/obj/core.a
build/bench/recording: BENCH_LIBS = $(LIBS) $(addprefix -Wl$(comma)--wrap=,bind_read \
	bind_read_missing bind_read_template bind_push_node bind_push_article site_answer)

run:
	@scripts/setup build
	@$(MAKE) --no-print-directory $(PARALLEL) all
	build/fascia build .
	@echo 'The sample site is in public/: open public/index.html'

test-programs: all build/fascia-asan build/fascia-tsan $(TESTS:%=build/obj/%) \
		$(TESTS:%=build/asan/%) build/obj/lua_host build/asan/lua_host \
		$(FUZZERS:%=build/fuzz/%) $(BENCHES)

test:
	@scripts/setup test
	@$(MAKE) --no-print-directory $(PARALLEL) test-programs
	@VALGRIND='$(FLOOR_0) $(FLOOR_1) yaml html json encode settings' JOBS=$(JOBS) FUZZ_SECONDS=$(TEST_FUZZ_SECONDS) tests/run

bench:
	@scripts/setup bench
	@$(MAKE) --no-print-directory $(PARALLEL) all $(BENCHES)
	@tests/bench/run

fuzz:
	@scripts/setup test
	@$(MAKE) --no-print-directory $(PARALLEL) $(FUZZERS:%=build/fuzz/%)
	@set -e; for name in $(FUZZERS); do tests/run-fuzz $$name $(FUZZ_SECONDS); done

soak:
	@scripts/setup test
	@$(MAKE) --no-print-directory $(PARALLEL) all
	@tests/soak

check-floors:
	@scripts/floors

format:
	clang-format -i $(wildcard core/*.[ch] tests/*/*.[ch])

install: all
	ZSHDIR='$(ZSHDIR)' scripts/install '$(DESTDIR)' '$(PREFIX)'

uninstall:
	scripts/install -u '$(DESTDIR)' '$(PREFIX)'

deb:
	@scripts/setup deb
	@$(MAKE) --no-print-directory $(PARALLEL) all
	@scripts/deb

test-deb:
	@scripts/setup test-deb
	@$(MAKE) --no-print-directory deb
	@tests/deb

clean:
	rm -rf build

-include $(shell find $(BUILDS:%=build/%) -name '*.d' 2>/dev/null)
