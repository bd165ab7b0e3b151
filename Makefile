# SPDX-License-Identifier: Apache-2.0
# The one way in, for people and for CI. `make` alone says what there is.

# The build folder lies outside the clone, so that a fresh clone starts warm.
export SCRATCH ?= $(HOME)/.cache/assent/build
# Debug builds are quicker to make, release builds quicker to run.
export CONFIG ?= release
# What `make run` hands to `assent serve`, such as ARGS="--port 9000".
ARGS ?=
# What `make bench` hands to `assent-bench`, such as BENCH_ARGS="--seconds 2".
BENCH_ARGS ?=

SOURCES = Sources Tests Package.swift $(wildcard Benchmarks)

.PHONY: help setup run build test unit evidence end-to-end goldens check fmt bench release tsan ci

help:
	@echo "make run         build the server and start it (ARGS=\"--port 9000\", CONFIG=debug)"
	@echo "make test        build everything and run all tests"
	@echo "make unit        only the Swift tests (FILTER=SigV4)"
	@echo "make evidence    check the policy engine against its oracles in full; takes minutes"
	@echo "make end-to-end  only the tests with the AWS CLI and boto3 (PYTEST=\"-k boto3\")"
	@echo "make check       style and house rules"
	@echo "make fmt         put the sources into shape"
	@echo "make goldens     rewrite the files that tests compare with; read the diff"
	@echo "make bench       measure against baselines (BENCH_ARGS=\"--seconds 2\")"
	@echo "make release     build the executable to install"
	@echo "make setup       check what is needed, install missing packages where allowed"
	@echo "make ci          what every change has to pass"

setup:
	@scripts/setup test

run:
	@scripts/serve $(ARGS)

build:
	@scripts/setup build
	@swift build --scratch-path "$(SCRATCH)" --build-tests

test:
	@scripts/test

unit:
	@scripts/test unit

evidence:
	@ASSENT_EVIDENCE=full FILTER="GeneratedPolicyTests|PairEvidenceTests|CaseEvidenceTests|PolicyFuzzTests" \
		scripts/test unit

end-to-end:
	@scripts/test end-to-end

goldens:
	@UPDATE_GOLDENS=1 scripts/test unit

check:
	@scripts/check

fmt:
	@swift format --in-place --parallel -r $(SOURCES)

bench:
	@scripts/setup build
	@scripts/build release assent
	@"$$(scripts/build release assent-bench | tail -n 1)" $(BENCH_ARGS)

release:
	@scripts/setup build
	@STATIC=1 SCRATCH="$(SCRATCH)-static" scripts/build release assent

tsan:
	@swift test --scratch-path "$(SCRATCH)-tsan" --sanitize=thread

ci:
	@.ci/run
