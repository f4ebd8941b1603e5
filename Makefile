# Everything built lies under build/; V=1 shows the commands.
#
#   make deps run     install what is missing, build, start the dashboard (ARGS="-d 2")
#   make deps check   install what is missing, build, run every test (ONLY=vmstat: those alone)
#   make asan layers format screenshots bench install uninstall clean
#   make check-kernels  the probe on other kernels, under qemu;  make install-caps  setcap(8)

PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config
CLANG ?= clang
CLANG_FORMAT ?= clang-format
BPFTOOL ?= $(or $(shell command -v bpftool),/usr/sbin/bpftool)
BUILD = build

BUILD_PACKAGES := gcc libc6-dev make pkg-config libncurses-dev clang bpftool libbpf-dev \
	libelf-dev zlib1g-dev libinih-dev libmicrohttpd-dev libsqlite3-dev
TEST_PACKAGES := libcmocka-dev libvterm-dev libcairo2-dev libpango1.0-dev \
	fonts-jetbrains-mono fonts-wqy-microhei clang-format gifsicle git jq locales procps python3 \
	python3-pil curl prometheus sqlite3 stress-ng sysstat systemd tmux util-linux
BUILD_MODULES := ncursesw libbpf inih libmicrohttpd sqlite3
TEST_MODULES := cmocka vterm cairo pangocairo

# Nothing parallel was asked for or refused: use every CPU.
ifeq ($(MAKELEVEL)$(filter -j% --jobserver%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif
MAKEFLAGS += --no-builtin-rules
Q := $(if $(V),,@)
SUBMAKE = $(Q)+$(MAKE) --no-print-directory

ifneq ($(word 2,$(MAKECMDGOALS)),)
# Several goals run in the order given, each in a make of its own: pkg-config can only answer
# after deps, and two test runs at once would disturb each other.
.NOTPARALLEL:
.PHONY: $(MAKECMDGOALS)
$(MAKECMDGOALS):
	$(SUBMAKE) $@ GOALS='$(filter-out deps,$(MAKECMDGOALS))'
else

.PHONY: all deps run check asan layers format format-fix screenshots bench install uninstall \
	clean check-kernels install-caps tests objects test-modules FORCE
.DELETE_ON_ERROR:

all: $(BUILD)/stalltop

# With `make deps run` the packages that only tests need are left out.
PURPOSE := $(if $(GOALS),$(filter-out all run install install-caps uninstall clean,$(GOALS)),tests)
deps:
	$(Q).ci/deps "$(BUILD_MODULES) $(if $(PURPOSE),$(TEST_MODULES))" \
		$(BUILD_PACKAGES) $(if $(PURPOSE),$(TEST_PACKAGES))

LAYERS := base proc sys tasks sample model out ui app
MAIN := src/app/main.c
LIB_SOURCES := $(filter-out $(MAIN),$(wildcard $(LAYERS:%=src/%/*.c)))

TEST_DIRS := $(LAYERS:%=tests/%) tests/support tests/screen
TEST_SOURCES := $(wildcard $(TEST_DIRS:%=%/test_*.c))
BENCH_SOURCES := $(wildcard tests/bench/bench_*.c)
SUPPORT_SOURCES := $(filter-out $(TEST_SOURCES) $(BENCH_SOURCES), \
	$(wildcard $(TEST_DIRS:%=%/*.c) tests/bench/*.c))
PAINT_SOURCES := $(wildcard tests/tools/paint*.c)
TOOL_SOURCES := $(filter-out $(PAINT_SOURCES),$(wildcard tests/tools/*.c)) \
	$(BENCH_SOURCES)
SCRIPTS := $(wildcard tests/test_*.sh)
COMPARISONS := $(filter-out tests/compare/lib%,$(wildcard tests/compare/*.sh tests/compare/*.py))

object = $(patsubst %.c,$(BUILD)/%.o,$(1))
LIB := $(BUILD)/libstalltop.a
SUPPORT := $(BUILD)/libsupport.a
TESTS := $(TEST_SOURCES:%.c=$(BUILD)/%)
TOOLS := $(TOOL_SOURCES:%.c=$(BUILD)/%)
SOURCES := $(MAIN) $(LIB_SOURCES) $(TEST_SOURCES) $(SUPPORT_SOURCES) $(TOOL_SOURCES) \
	$(PAINT_SOURCES) tests/kernels/guest.c

ifeq ($(origin CC),default)
CC := gcc
endif
NCURSES := $(shell $(PKG_CONFIG) --libs ncursesw 2>/dev/null || echo -lncursesw -ltinfo)
LIBBPF := $(shell $(PKG_CONFIG) --libs libbpf 2>/dev/null || echo -lbpf)
INIH := $(shell $(PKG_CONFIG) --libs inih 2>/dev/null || echo -linih)
MICROHTTPD := $(shell $(PKG_CONFIG) --libs libmicrohttpd 2>/dev/null || echo -lmicrohttpd)
SQLITE := $(shell $(PKG_CONFIG) --libs sqlite3 2>/dev/null || echo -lsqlite3)
VTERM := $(shell $(PKG_CONFIG) --libs vterm 2>/dev/null || echo -lvterm)
CMOCKA := $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null || echo -lcmocka)

WARNINGS := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wvla -Wconversion
# -iquote, for -I would put include/sys before the system's <sys/...>.
BASE_CFLAGS = -std=c11 -D_GNU_SOURCE -iquote include -iquote . $(WARNINGS) -pthread $(SANITIZE) \
	$(CPPFLAGS) $(CFLAGS)
COLOUR := $(if $(MAKE_TERMERR),-fdiagnostics-color=always)
LIBS = $(NCURSES) $(LIBBPF) $(INIH) $(MICROHTTPD) $(SQLITE) -lm $(LDLIBS)

$(BUILD)/tests/%.o: EXTRA_CFLAGS = -iquote tests
$(BUILD)/tests/%: EXTRA_LIBS = $(CMOCKA) $(VTERM) -lutil
ifneq ($(PAINT_SOURCES),)
CAIRO_CFLAGS := $(shell $(PKG_CONFIG) --cflags pangocairo cairo 2>/dev/null)
CAIRO := $(shell $(PKG_CONFIG) --libs pangocairo cairo 2>/dev/null)
$(call object,tests/tools/picture.c $(PAINT_SOURCES)): \
	EXTRA_CFLAGS = -iquote tests $(CAIRO_CFLAGS)
$(BUILD)/tests/tools/picture: EXTRA_LIBS = $(VTERM) -lutil $(CAIRO)
$(BUILD)/tests/tools/picture: $(call object,$(PAINT_SOURCES))
endif

# The tag if this is a clone, else the constant. Only the sources that name it see it.
TAG := $(if $(wildcard .git),$(shell git describe --tags --match 'v[0-9]*' --dirty 2>/dev/null))
VERSION := $(or $(TAG:v%=%),0.1.0)
VERSION_USERS := $(call object,$(shell grep -lw STALLTOP_VERSION /dev/null $(wildcard $(SOURCES))))
ifneq ($(VERSION_USERS),)
$(VERSION_USERS): VERSION_CFLAGS = -DSTALLTOP_VERSION='"$(VERSION)"'
$(VERSION_USERS): $(BUILD)/version
endif

say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

# Written only when their content changes: what depends on one is rebuilt then.
$(BUILD)/flags: export STAMP = $(CC) $(BASE_CFLAGS) $(LDFLAGS) $(LIBS)
$(BUILD)/version: export STAMP = $(VERSION)
$(BUILD)/sources: export STAMP = $(sort $(LIB_SOURCES) $(SUPPORT_SOURCES))
$(BUILD)/flags $(BUILD)/version $(BUILD)/sources: FORCE
	@mkdir -p $(@D)
	@echo "$$STAMP" | cmp -s - $@ || echo "$$STAMP" >$@

$(BUILD)/%.o: %.c $(BUILD)/flags
	$(call say,$(if $(findstring clang,$(CC)),CLANG,CC),$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(BASE_CFLAGS) $(EXTRA_CFLAGS) $(VERSION_CFLAGS) $(WERROR) $(COLOUR) -MMD -MP \
		-c -o $@ $< 2>$@.log || { cat $@.log >&2; exit 1; }
	@cat $@.log >&2

# The kernel side, as bytes inside a header. CO-RE fits it to the kernel that loads it, so nothing
# of the machine that builds goes in. Clang for another target does not know the system's headers.
BPF_CFLAGS := -target bpf -std=gnu11 -O2 -g -ffreestanding -iquote . \
	-Wall -Wextra -Wno-unused-parameter -Werror
BPF_SYSTEM = $(shell $(CLANG) -v -E - </dev/null 2>&1 | \
	sed -n '/^\#include <\.\.\.>/,/^End/s|^ \(/.*\)|-idirafter \1|p')
.SECONDARY: $(BUILD)/bpf/tasks.o
SKELETON := $(BUILD)/bpf/tasks.skel.h
$(BUILD)/bpf/%.o: bpf/%.bpf.c $(BUILD)/flags
	$(call say,BPF,$<)
	@mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) $(BPF_SYSTEM) -MMD -MP -c -o $@ $<
$(BUILD)/bpf/%.skel.h: $(BUILD)/bpf/%.o
	$(call say,SKEL,$@)
	$(Q)$(BPFTOOL) gen object $(@:.skel.h=.bpf.o) $<
	$(Q)$(BPFTOOL) gen skeleton $(@:.skel.h=.bpf.o) name $*_bpf >$@
$(BUILD)/src/tasks/bpf_probe.o: EXTRA_CFLAGS = -isystem $(BUILD)/bpf
$(BUILD)/src/tasks/bpf_probe.o: $(SKELETON)
-include $(SKELETON:.skel.h=.d)

$(LIB): $(call object,$(LIB_SOURCES)) $(BUILD)/sources
$(SUPPORT): $(call object,$(SUPPORT_SOURCES)) $(BUILD)/sources
$(LIB) $(SUPPORT):
	$(call say,AR,$@)
	@rm -f $@
	$(Q)ar rcs $@ $(filter %.o,$^)

$(BUILD)/stalltop: $(call object,$(MAIN)) $(LIB)
$(TESTS) $(TOOLS): %: %.o $(SUPPORT) $(LIB)
$(BUILD)/stalltop $(TESTS) $(TOOLS):
	$(call say,LD,$@)
	$(Q)$(CC) -pthread $(SANITIZE) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
		$(filter %.a,$^) $(EXTRA_LIBS) $(LIBS)

-include $(patsubst %.c,$(BUILD)/%.d,$(SOURCES))

objects: $(call object,$(SOURCES))
tests: all $(TESTS) $(TOOLS)

run: all
	$(Q)$(BUILD)/stalltop $(ARGS)

test-modules:
	@$(PKG_CONFIG) --exists --print-errors $(BUILD_MODULES) $(TEST_MODULES) || \
		{ echo "The tests need more packages: make deps" >&2; exit 1; }

absolute = $(if $(filter /%,$(1)),$(1),$(CURDIR)/$(1))
test_env = STALLTOP="$(call absolute,$(1)/stalltop)" \
	STALLTOP_TOOLS="$(call absolute,$(1)/tests/tools)" \
	STALLTOP_FIXTURES="$(CURDIR)/tests/fixtures"
chosen = $(if $(ONLY),$(foreach t,$(1),$(if $(findstring $(ONLY),$(t)),$(t))),$(1))

# What compiled with warnings is compiled again, now that they are errors.
check: test-modules
	@find $(BUILD) -name '*.o.log' -size +0 2>/dev/null | sed 's/\.log$$//' | xargs -r rm -f
	$(SUBMAKE) tests WERROR=-Werror
	$(SUBMAKE) objects WERROR=-Werror BUILD=$(BUILD)/clang CC=$(CLANG) CFLAGS=-O0
	$(Q)$(call test_env,$(BUILD)) tests/run.sh $(call chosen,$(TESTS) $(SCRIPTS) $(COMPARISONS))

# A sanitizer's report goes to a file, where run.sh finds it even if the test that ran the
# program did not mind how it ended.
ASAN_DIR := $(BUILD)/asan
ASAN_LOG = $(call absolute,$(ASAN_DIR)/report)
asan: test-modules
	$(SUBMAKE) tests WERROR=-Werror BUILD=$(ASAN_DIR) \
		SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer" \
		$(if $(filter file,$(origin CFLAGS)),CFLAGS="-O1 -g")
	$(Q)$(call test_env,$(ASAN_DIR)) \
		SANITIZER_LOG="$(ASAN_LOG)" ASAN_OPTIONS="log_path='$(ASAN_LOG)':$$ASAN_OPTIONS" \
		UBSAN_OPTIONS="log_path='$(ASAN_LOG)':print_stacktrace=1:$$UBSAN_OPTIONS" \
		tests/run.sh $(call chosen,$(TESTS:$(BUILD)/%=$(ASAN_DIR)/%))

# In virtual machines without hardware help: the probe on the kernels that Debian has.
KERNEL_PACKAGES := qemu-system-x86 busybox-static cpio
KERNEL_GUEST := $(BUILD)/tests/kernels/guest
STATIC_LIBS := -lbpf -lelf -lz -lm
$(KERNEL_GUEST): $(call object,tests/kernels/guest.c) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) -static -pthread $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) \
		$(STATIC_LIBS) $(LDLIBS) 2>$@.log || { cat $@.log >&2; exit 1; }
check-kernels: $(KERNEL_GUEST)
	$(Q).ci/deps "" $(KERNEL_PACKAGES)
	$(Q)tests/kernels/run.sh $(call absolute,$(KERNEL_GUEST)) $(call absolute,$(BUILD)/kernels)

layers:
	$(Q)tests/layers.sh

FORMATTED = $(sort $(shell find bpf src include tests -name '*.[ch]'))
format:
	$(Q)$(CLANG_FORMAT) --dry-run -Werror $(FORMATTED) </dev/null
format-fix:
	$(Q)$(CLANG_FORMAT) -i $(FORMATTED) </dev/null

screenshots: tests
	$(Q)$(call test_env,$(BUILD)) PICTURE="$(call absolute,$(BUILD)/tests/tools/picture)" \
		screenshots/make.sh

bench: tests
	$(Q)set -e; for b in $(wildcard tests/bench/*.sh) \
		$(BENCH_SOURCES:%.c=$(BUILD)/%); do \
		$(call test_env,$(BUILD)) STALLTOP_BENCH="$(call absolute,$(BUILD)/tests/bench)" $$b $(ARGS); \
	done

# A file of src/share and the folder under PREFIX that takes it.
SHARE := stalltop.1:share/man/man1 \
	stalltop.bash:share/bash-completion/completions \
	_stalltop:share/zsh/site-functions \
	stalltop.fish:share/fish/vendor_completions.d \
	stalltop.service:lib/systemd/system \
	config.example:share/doc/stalltop \
	prometheus.yml:share/doc/stalltop \
	grafana-dashboard.json:share/doc/stalltop
PRESENT := $(foreach s,$(SHARE),$(if $(wildcard src/share/$(firstword $(subst :, ,$(s)))),$(s)))
DEST = $(DESTDIR)$(PREFIX)

install: all
	$(Q)install -D -m 755 $(BUILD)/stalltop "$(DEST)/bin/stalltop"
	$(Q)set -e; for s in $(PRESENT); do \
		install -D -m 644 "src/share/$${s%%:*}" "$(DEST)/$${s#*:}/$${s%%:*}"; \
	done

# Lets every user who may run it see all processes through BPF: the README says what that grants.
install-caps: install
	$(Q)setcap cap_bpf,cap_perfmon=ep "$(DEST)/bin/stalltop"

uninstall:
	$(Q)rm -f "$(DEST)/bin/stalltop"
	$(Q)for s in $(SHARE); do rm -f "$(DEST)/$${s#*:}/$${s%%:*}"; done
	$(Q)rmdir "$(DEST)/share/doc/stalltop" 2>/dev/null || true

clean:
	$(Q)rm -rf $(BUILD)

endif
