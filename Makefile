.DEFAULT_GOAL := help
program := .build/debug/mm7-gateway
# What `--version` says; outside a clone it says the number alone.
export MM7_GATEWAY_COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null)

## run: build, then show one picture going the whole way, and keep serving
.PHONY: run
run: build
	$(program) demo

# All tests at once would have thousands of databases open, more than a process may have files.
tests_at_once := 200

## test: build and run every test; shows failures and a summary, VERBOSE=1 all of it
.PHONY: test
test:
	@.ci/prerequisites tests
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo "No PostgreSQL server is installed: its tests are left out"
	@.ci/tests --build-tests
	@.ci/tests --skip-build --filter 'ProgramTests\.AttackTests'
	@.ci/tests --skip-build --parallel --experimental-maximum-parallelization-width $(tests_at_once) \
		--skip 'ProgramTests\.AttackTests'

## bench: messages the whole way, calls of the REST API and posts of an MMSC, by a release build
.PHONY: bench
bench: prerequisites
	swift build -c release --product mm7-gateway
	.build/release/mm7-gateway bench

## crash: a gateway killed with SIGKILL at random moments, and its account settled; ROUNDS=1000 for the long run
.PHONY: crash
crash: build-tests
	ROUNDS=$(or $(ROUNDS),60) swift test --skip-build --filter 'ProgramTests\.(Inbound|Replica)?CrashTests'

## hostile: attacks on a release build, with a well-behaved client beside; SECONDS_EACH=30 for long ones
.PHONY: hostile
hostile: build-tests
	swift build -c release --product mm7-gateway
	PROGRAM=$(CURDIR)/.build/release/mm7-gateway HOSTILE_SECONDS=$(or $(SECONDS_EACH),5) \
		swift test --skip-build --filter 'ProgramTests\.(Attack|Shape)Tests'

## fuzz: arbitrary bytes into the MM7 reader; RUNS=10000000 for the long run
.PHONY: fuzz
fuzz: prerequisites
	RUNS=$(or $(RUNS),200000) Tests/Fuzzing/run

## benchmarks: what the library MM7 costs, operation by operation
.PHONY: benchmarks
benchmarks: prerequisites
	swift run --package-path Benchmarks -c release Benchmarks

## conformance: the vendor's SDK, schemas/openapi and an S3 against a running gateway; writes docs/sdks.md, reaches PyPI
.PHONY: conformance
conformance: build
	Tests/Conformance/run $(program)

## sanitize: the tests under AddressSanitizer, UndefinedBehaviorSanitizer and ThreadSanitizer; a long build for each
.PHONY: sanitize
sanitize: prerequisites
	Tests/Sanitizers/run

## coverage: the share of lines that tests reach, target by target; fails below 80 %
.PHONY: coverage
coverage: prerequisites
	.ci/coverage

## image: the container image, by docker or podman; PREBUILT= takes a program of this host, BASES=local makes the bases
.PHONY: image
image:
	docker/image

## image-check: runs the image and looks at what is promised of it: size, start, stop, memory, privileges
.PHONY: image-check
image-check:
	docker/check

## kubernetes: the manifests against the schemas of Kubernetes; reaches PyPI
.PHONY: kubernetes
kubernetes:
	docker/kubernetes/check

## alerts: the alert rules against their tests, by promtool
.PHONY: alerts
alerts:
	docker/prometheus/check

## format: put every file into the form that CI asks for
.PHONY: format
format: prerequisites
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks

## install: a release build, its pages, completions, unit and samples below PREFIX=/usr/local; PREBUILT= names a built one
.PHONY: install
install: release
	etc/packaging/install $(built)

## uninstall: takes away what install put in place, but no configuration and no data
.PHONY: uninstall
uninstall:
	etc/packaging/install --uninstall none

## deb: a Debian package in .build/deb, made with dpkg-deb; PREBUILT= names a built program
.PHONY: deb
deb: release
	etc/packaging/deb $(built) .build/deb

## try-deb: installs that package into a clean Debian 12, starts it there and removes it; as root, with mmdebstrap
.PHONY: try-deb
try-deb: release
	Tests/Packaging/try-deb "$$(etc/packaging/deb $(built) .build/deb)"

## docs: the MM7 library's documentation as web pages, in .build/docs
.PHONY: docs
docs: prerequisites
	swift build --target MM7
	.ci/docs

## library: the library MM7 alone, used from a package of its own
.PHONY: library
library: prerequisites
	.ci/library

# Static in what is Swift's, so that it runs where no Swift is; the system's libraries stay shared.
built := $(or $(PREBUILT),.build/release/mm7-gateway)

.PHONY: release
release:
ifndef PREBUILT
	@.ci/prerequisites
	swift build -c release --product mm7-gateway --static-swift-stdlib
endif

.PHONY: build
build: prerequisites
	swift build --product mm7-gateway

.PHONY: build-tests
build-tests: prerequisites
	swift build --build-tests

.PHONY: prerequisites
prerequisites:
	@.ci/prerequisites

.PHONY: help
help:
	@sed -n 's/^## /  make /p' $(MAKEFILE_LIST)
