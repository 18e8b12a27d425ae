# What people type. CONTRIBUTING.md says more about each.
#
#   make demo     a firm made up on the spot, its mail filed before your eyes (ONCE=1: and no more comes)
#   make test     everything that is checked; ends in "N passed, N failed, N skipped"
#   make build    the release binary
#   make picture  the picture of README.md, anew
#   make bench    how fast, held to the goals: the mail (Tests/Checks/bench --help), the pages (bench_pages --help), what comes in
#   make install  into DESTDIR, under prefix
#   make deb      a Debian package, in .build
#   make deb-test that package in a machine of its own (root)
#
# The Debian packages each needs are installed when missing, with sudo when not root.

prefix      ?= /usr/local
exec_prefix ?= $(prefix)
bindir      ?= $(exec_prefix)/bin
datadir     ?= $(prefix)/share
mandir      ?= $(datadir)/man
docdir      ?= $(datadir)/doc/mailroom
sysconfdir  ?= /etc
unitdir     ?= $(prefix)/lib/systemd/system
sysusersdir ?= $(prefix)/lib/sysusers.d
tmpfilesdir ?= $(prefix)/lib/tmpfiles.d
zshdir      ?= $(datadir)/zsh/site-functions

SWIFT   ?= swift
RELEASE  = --configuration release --static-swift-stdlib
binary   = .build/release/mailroom
version := $(shell sed -n 's/^\#\# \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1)
deb      = .build/mailroom_$(version)_$(shell dpkg --print-architecture 2>/dev/null).deb
manuals  = $(wildcard systemd/*.8 Config/*.5 Config/*.7)
sources := $(shell find Package.swift Sources -type f 2>/dev/null)

.DEFAULT_GOAL := build
.PHONY: build demo test picture bench install deb deb-test clean

build: $(binary)

# The toolchain need not be where the binary runs: Swift's own libraries are linked in.
$(binary): $(sources)
	@command -v $(SWIFT) >/dev/null || { echo "no $(SWIFT) in PATH: see https://www.swift.org/install" >&2; exit 69; }
	Tests/Checks/packages build
	$(SWIFT) build $(RELEASE) --product mailroom
	@touch $@

demo: $(binary)
	Tests/Checks/packages run demo
	$(binary) demo $(if $(ONCE),--once)

test:
	Tests/Checks/packages build run test
	@Tests/Checks/run

picture: $(binary)
	Tests/Checks/packages run demo test
	Tests/Pages/picture $(binary)

bench: $(binary)
	Tests/Checks/packages run demo bench
	Tests/Checks/bench $(binary)
	Tests/Checks/bench_pages $(binary)
	Tests/Checks/bench_uploads.py $(binary)
	Tests/Checks/bench_disk.py $(binary)

install: $(binary)
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(unitdir) $(DESTDIR)$(sysusersdir) $(DESTDIR)$(tmpfilesdir)
	install -s -m 755 $(binary) $(DESTDIR)$(bindir)/mailroom
	for unit in mailroom.service mailroom.socket mailroom-web.socket; do \
	    sed 's,/usr/bin/mailroom,$(bindir)/mailroom,' systemd/$$unit >$(DESTDIR)$(unitdir)/$$unit && \
	    chmod 644 $(DESTDIR)$(unitdir)/$$unit || exit 1; \
	done
	install -m 644 systemd/mailroom.sysusers $(DESTDIR)$(sysusersdir)/mailroom.conf
	install -m 644 systemd/mailroom.tmpfiles $(DESTDIR)$(tmpfilesdir)/mailroom.conf
	install -d $(DESTDIR)$(sysconfdir)/mailroom/conf.d
	install -d -m 700 $(DESTDIR)$(sysconfdir)/mailroom/secrets
	install -d $(DESTDIR)$(docdir)
	install -m 644 README.md CHANGELOG.md LICENSE Config/mailroom.toml $(DESTDIR)$(docdir)
	@# The texts of letters as they are built in: to begin one's own with.
	for language in de ja en; do \
	    install -d $(DESTDIR)$(docdir)/texts/$$language && \
	    install -m 644 Config/texts/$$language/*.txt $(DESTDIR)$(docdir)/texts/$$language || exit 1; \
	done
	@# The configuration of a running firm is never overwritten.
	test -e $(DESTDIR)$(sysconfdir)/mailroom/mailroom.toml || \
	    install -m 644 Config/mailroom.toml $(DESTDIR)$(sysconfdir)/mailroom/mailroom.toml
	for page in $(manuals); do \
	    directory=$(DESTDIR)$(mandir)/man$${page##*.}; \
	    install -d $$directory && gzip -9nc $$page >$$directory/$${page##*/}.gz && \
	    chmod 644 $$directory/$${page##*/}.gz || exit 1; \
	done
	install -d $(DESTDIR)$(datadir)/bash-completion/completions $(DESTDIR)$(zshdir) \
	    $(DESTDIR)$(datadir)/fish/vendor_completions.d
	$(binary) completion bash >$(DESTDIR)$(datadir)/bash-completion/completions/mailroom
	$(binary) completion zsh >$(DESTDIR)$(zshdir)/_mailroom
	$(binary) completion fish >$(DESTDIR)$(datadir)/fish/vendor_completions.d/mailroom.fish
	@test -n "$(DESTDIR)" || printf '%s\n' 'Next, as root:' \
	    '  systemd-sysusers && systemd-tmpfiles --create mailroom.conf && systemctl daemon-reload' \
	    '  systemctl enable --now mailroom'

deb: $(deb)

$(deb): $(binary) CHANGELOG.md LICENSE README.md $(wildcard systemd/* systemd/deb/* Config/*)
	Tests/Checks/packages build run package
	systemd/deb/build $(version) $@

deb-test: $(deb)
	Tests/Checks/packages booted
	Tests/Checks/booted $(deb)

clean:
	rm -rf .build .build-tsan
