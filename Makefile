# Tickbook's house: everything a user or a build server starts. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.NOTPARALLEL:

# One configuration for tests, demo and benchmarks, so that nothing is compiled twice.
SWIFT_FLAGS := -c release -Xswiftc -enable-testing
SWIFT_SOURCES := Sources Tests Package.swift

export TICKBOOK_PYTHON ?= $(CURDIR)/.deps/venv/bin/python

.PHONY: help deps deps-run deps-bench deps-serving environment swift build test lint format check-imports demo smoke deploy pipeline check-jenkinsfile \
	check-server bench bench-incremental bench-indicators bench-boosting bench-serving bench-fit clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install what is missing: system packages, and pinned wheels into .deps/
	@scripts/deps run charts test

deps-run:
	@scripts/deps run

deps-bench:
	@scripts/deps run bench

environment: deps ## all that the build server's stages need: deps, and sample prices in data/inbox/
	@scripts/sample-prices data/inbox/stocks.csv

deps-serving:
	@scripts/deps run serving

swift:
	@command -v swift >/dev/null || { echo 'make: swift not found on the PATH. Install Swift 6.3 or newer: https://www.swift.org/install' >&2; exit 1; }

build: swift ## build .build/release/tickbook
	swift build $(SWIFT_FLAGS)

test: deps build lint check-imports ## everything a change must pass: build, lint, import check, all tests
	@mkdir -p reports
	timeout --kill-after=10 2400 swift test $(SWIFT_FLAGS) --disable-xctest --xunit-output reports/tests.xml

lint: swift ## check the Swift sources' format
	swift format lint --strict --recursive $(SWIFT_SOURCES)

format: swift ## rewrite the Swift sources in the house's format
	swift format --in-place --recursive $(SWIFT_SOURCES)

check-imports: swift ## check that imports follow ARCHITECTURE.md and Package.swift
	@scripts/check-imports --self-test
	@scripts/check-imports

demo: deps-run build ## real prices to a prediction: run the sample notebook, ask its server
	@scripts/demo

smoke: ## after a run of the sample notebook: models, tables, server, pruning, report (WORKSPACE_DIR=… for another folder)
	@scripts/smoke $(or $(WORKSPACE_DIR),.)

deploy: ## put the bundle in bundle/ to use: verify it in TO/releases/, then point TO/current at it
	@TICKBOOK=$${TICKBOOK:-$(CURDIR)/.build/release/tickbook} scripts/deploy bundle "$(TO)"

pipeline: ## run the Jenkinsfile's steps in a clean clone
	@scripts/pipeline

check-jenkinsfile: ## have Groovy parse the Jenkinsfile
	@scripts/check-jenkinsfile

check-server: deps-serving build ## hold the prediction server against its OpenAPI document and a Triton client
	@scripts/check-server

bench: deps-bench build ## the whole chain beside Polars and DuckDB (BENCH="--only universe --rounds 1" for a quick one)
	@.deps/bench/bin/python Benchmarks/run.py $(BENCH)

bench-incremental: deps-bench build ## what a new day, a correction and nothing cost, for 50, 500 and 2,000 symbols
	@.deps/bench/bin/python Benchmarks/incremental.py $(BENCH)

bench-serving: deps-bench deps-run build ## POST /predict beside FastAPI with scikit-learn, by wrk (BENCH="--seconds 5" for a quick one)
	@.deps/bench/bin/python Benchmarks/serving.py $(BENCH)

bench-fit: deps-bench build ## a logistic regression of 10 million rows beside scikit-learn (BENCH="--rows 1000000" for a quick one)
	@.deps/bench/bin/python Benchmarks/fit.py $(BENCH)

bench-indicators: deps deps-bench build ## the functions of series beside TA-Lib's, and 25 columns beside five
	TICKBOOK_BENCHMARKS=1 swift build $(SWIFT_FLAGS) --product indicator-benchmark
	@.deps/bench/bin/python Benchmarks/indicators.py $(BENCH)

bench-boosting: deps-bench build ## LightGBM's trees by the plugin and by its Python package
	@.deps/bench/bin/python Benchmarks/boosting.py $(BENCH)

clean: ## remove everything made but the workspace's data/ and models/
	rm -rf .build .deps reports
