# ringer's front door. `make` alone lists the targets.
SHELL := /bin/bash
GO ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT := $(shell git rev-parse --short HEAD 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)
# S1016 would have an act converted to the check of it: that both have the same
# fields is chance.
STATICCHECK := $(GO) tool staticcheck -checks inherit,-S1016
# It makes the archives of a release. Its own modules are many and none of ours.
GORELEASER := $(GO) run github.com/goreleaser/goreleaser/v2@v2.16.0
# What go test says, and at the end what was left out.
TESTREPORT := $(GO) run ./cmd/ringer/internal/arch/testreport
ARGS ?=

# What runs inside the containers has no other file beside it, so it must be static.
export CGO_ENABLED = 0
# As a release is built. Tests and tools are built so too, or all would be compiled twice.
export GOFLAGS := $(strip $(GOFLAGS) -trimpath)
# The processors that an engine may run on: cmd/inside is built for each.
ARCHITECTURES := amd64 arm64
# Where else all that needs no lab runs.
PLATFORMS := darwin/arm64 windows/amd64 linux/arm64

.DEFAULT_GOAL := help
.PHONY: help inside build images run test check bench bench-sigma bench-reading bench-history fmt lint vuln tidy release-check snapshot release clean

## help: list the targets
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST) | awk -F': ' '{ printf "  make %-13s %s\n", $$1, $$2 }'

## inside: build what runs inside the containers, for each processor that an engine may run on
inside:
	@set -e; for arch in $(ARCHITECTURES); do \
	  GOOS=linux GOARCH=$$arch $(GO) build -buildvcs=false -ldflags '-s -w' -o lab/inside/built/linux-$$arch ./cmd/inside; \
	done

## build: build bin/ringer
build: inside
	@mkdir -p bin
	$(GO) build -ldflags '$(LDFLAGS)' -o bin/ringer ./cmd/ringer

## images: make the images of real services from Debian packages (kept in .cache)
images: build
	bin/ringer images --cache .cache/debian

## run: build and perform the shipped library in containers (ARGS="..." is passed on)
run: build
	bin/ringer run $(ARGS)

## recordings: record the runs that ringer brings along (after a change of what is performed or seen)
.PHONY: recordings
recordings: build
	bin/ringer run naikon --quiet --record scenarios/recordings/small.ringer
	bin/ringer run naikon --variants --quiet --record scenarios/recordings/variants.ringer
	bin/ringer run overlap --quiet --record scenarios/recordings/overlap.ringer
	bin/ringer run host_billing --quiet --record scenarios/recordings/billing.ringer

## test: all there is (lint, other platforms, race, fuzz, the witness, the Docker tests); installs nothing, and names what it left out
test: build lint
	$(GO) vet ./...
	@$(MAKE) --no-print-directory cross
	@$(MAKE) --no-print-directory race
	@$(MAKE) --no-print-directory fuzz
	@$(MAKE) --no-print-directory witness
	@$(MAKE) --no-print-directory manifests
	set -o pipefail; RINGER_BINARY=$(CURDIR)/bin/ringer $(GO) test -json -count=1 -timeout 30m ./... | $(TESTREPORT)

## witness: the library while the host's kernel records it: both records must be of the same acts, and a detector outside finds steps (SCENARIOS="..." for some)
SCENARIOS ?=
.PHONY: witness
witness: build
	@.ci/witness "$(SCENARIOS)"

## manifests: the workers' manifests against the Go types of Kubernetes and Nomad, which are a module of their own
.PHONY: manifests
manifests:
	cd emulation/farm/manifest/typestest && $(GO) vet ./... && $(GO) test ./...

## bench-exercise: 200 simulated trainees hunt among a million events (LOAD=5m): how long searches and hand-ins take
LOAD ?= 5m
.PHONY: bench-exercise
bench-exercise: build
	$(GO) test -count=1 ./cmd/ringer -run TestAnExerciseHolds -load $(LOAD) -timeout 30m -v

# Without GORACE each process sleeps for a second before it ends.
## race: the quick tests, and the stories that do much at a time, under the race detector, which needs a C compiler
.PHONY: race
race:
	@if command -v gcc >/dev/null; then CGO_ENABLED=1 GORACE=atexit_sleep_ms=20 $(GO) test -race -short -timeout 30m ./...; \
	else echo "race: skipped: there is no C compiler (Debian's package gcc)"; fi

## check: what a pull request must pass; needs no Docker, and names what it left out
check: lint cross
	$(GO) vet ./...
	@set -o pipefail; $(GO) test -json -short -timeout 30m ./... | $(TESTREPORT)
	@echo "Left to \`make test\`: the race detector, fuzzing, the comparison with the kernel's own record (root, bpftrace)" >&2
	@docker version >/dev/null 2>&1 || echo "Left to \`make test\` where there is a Docker Engine (https://docs.docker.com/engine/install): the tests in containers" >&2

## cross: type-check for macOS, Windows and Linux on arm64, where all that needs no lab runs; a release builds for each
.PHONY: cross
cross:
	@set -e; mkdir -p bin; $(GO) build -o bin/typecheck ./cmd/ringer/internal/arch/typecheck; for platform in $(PLATFORMS); do \
	  echo "cross $$platform"; \
	  GOOS=$${platform%/*} GOARCH=$${platform#*/} bin/typecheck ./...; \
	done

## fuzz: every fuzz target for a while (FUZZTIME=2000x; counted, as a deadline may strike a busy machine)
FUZZTIME ?= 2000x
.PHONY: fuzz
fuzz:
	@set -e; mkdir -p bin; for folder in $$(grep -rl --include='*_test.go' '^func Fuzz' cmd emulation lab | xargs -n 1 dirname | sort -u); do \
	  $(GO) test -c -fuzz . -o bin/fuzz.test ./$$folder; \
	  corpus=$$($(GO) env GOCACHE)/fuzz/$$($(GO) list ./$$folder); \
	  targets=$$(cd $$folder && $(CURDIR)/bin/fuzz.test -test.list '^Fuzz'); \
	  for target in $$targets; do \
	    echo "fuzz $$folder $$target"; \
	    (cd $$folder && $(CURDIR)/bin/fuzz.test -test.run '^$$' -test.fuzz "^$$target$$" -test.fuzztime $(FUZZTIME) -test.fuzzcachedir $$corpus) > bin/fuzz.log 2>&1 || { cat bin/fuzz.log; exit 1; }; \
	  done; done

## bench: speed, measured side by side (asset against docker run, stand-in against an empty program, sensor against strace, the whole library; BASE=REVISION for that one too)
bench: build
	@BASE='$(BASE)' .ci/bench

## bench-sigma: the rule engine's speed on one core, each figure beside what it is to be compared with
bench-sigma:
	@RINGER_BENCH_SIGMA=1 $(GO) test -count=1 -run '^TestBenchReport$$' -cpu 1 -timeout 5m ./emulation/sigma -v | grep -v -e '^===' -e '^---' -e '^PASS'

## bench-reading: how long an event takes to be read from each tool's shape, and files of EVENTS of them
EVENTS ?= 1000000
bench-reading: build
	@RINGER_BENCH_READING=$(EVENTS) RINGER_BINARY=$(CURDIR)/bin/ringer $(GO) test -count=1 -run '^TestBenchReport$$' -cpu 1 -timeout 30m ./emulation/sigma/logevent/reader -v | grep -v -e '^===' -e '^---' -e '^PASS'

## bench-history: how long a history of RUNS takes to answer
RUNS ?= 100000
bench-history:
	@RINGER_BENCH_HISTORY=$(RUNS) $(GO) test -count=1 -run '^TestBenchManyRuns$$' -timeout 30m ./emulation/history/sqlstore -v | grep -v -e '^===' -e '^---' -e '^PASS'

## fmt: format Go and scenario files
fmt: build
	gofmt -w cmd emulation lab scenarios
	bin/ringer fmt scenarios

## lint: formatting and static analysis
lint:
	@unformatted=$$(gofmt -l cmd emulation lab scenarios); [ -z "$$unformatted" ] || { echo "not formatted: $$unformatted"; exit 1; }
	@[ -n "$$($(GO) list ./...)" ] || { echo "no packages of Go found: nothing was linted"; exit 1; }
	$(STATICCHECK) ./...

## tidy: go.mod and go.sum are as go mod tidy leaves them
tidy:
	$(GO) mod tidy -diff

## vuln: known vulnerabilities of what is used (asks vuln.go.dev)
vuln:
	$(GO) tool govulncheck ./...

## release-check: the description of a release is valid
release-check:
	$(GORELEASER) check

## snapshot: archives of this commit for all platforms, with checksums, in .cache/dist
snapshot:
	$(GORELEASER) release --snapshot --clean

## release: the archives of a tagged commit, handed to GitHub (needs GITHUB_TOKEN)
release:
	$(GORELEASER) release --clean

## knots: the largest knot of files of each package, files that need each other (ARGS=-v names them)
.PHONY: knots
knots:
	@$(GO) run ./cmd/ringer/internal/arch/knots $(ARGS) ./...

## clean: remove what was built and whatever ringer left in Docker
clean:
	@if [ -x bin/ringer ]; then bin/ringer clean || true; fi
	rm -rf bin lab/inside/built/linux-*
