# What can be done in this checkout. Decides the commands and their order; what they do lives in packages/, loadtest/
# and deploy/. Every variable given to make (PORT=…, NODES=…) reaches the command's environment.
#
# Recipes `exec` node, so that Ctrl-C and `kill` reach it and nothing stands between it and make.

.DEFAULT_GOAL := menu
MAKEFLAGS += --no-print-directory
export PATH := $(CURDIR)/.tools/node/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export NODE_OPTIONS := --disable-warning=ExperimentalWarning $(NODE_OPTIONS)

with_services := node packages/testkit/src/cli/with-services.ts --

.PHONY: menu install run demo demo-room host-key import-questions check test test-fault soak sim bench loadtest cluster \
  ask-balancer schema format clean

menu:
	@awk -F ' *## *' '/^[a-z-]+:.*##/ { sub(/:.*/, "", $$1); printf "  make %-17s %s\n", $$1, $$2 }' Makefile

install:
	@.make/node22.sh && .make/install.sh

run: install ## Partyline with a Redis and a Postgres of its own (PORT, HOST_KEY)
	@exec node packages/server/src/cli/run.ts

demo: install ## eight bots play a quick party on the Partyline that is up, or on one of its own
	@exec node packages/server/src/cli/demo.ts

demo-room: install ## a host and bots play every kind of question on the Partyline that is up, or on one of its own
	@exec node packages/server/src/cli/demo-room.ts

host-key: install ## make, list or revoke host keys (NAME=… | LIST=1 | REVOKE=…)
	@exec node packages/server/src/cli/host-key.ts

import-questions: install ## add a file of questions to the pool (FILE=…)
	@exec node packages/server/src/cli/import-questions.ts

check: install ## format, lint, types, unit tests: no service, under ten seconds
	@exec node .make/check.mjs

test: check ## check, then the tests against a real Redis and Postgres
	@exec $(with_services) node .make/test.mjs

test-fault: install ## every fault test, repeated
	@FAULT_REPEATS=full exec $(with_services) node --test --test-concurrency=1 "packages/server/test/cluster/fault-*.test.ts"

soak: install ## games and faults one after the other, and what is left behind (MINUTES=60)
	@SOAK_MINUTES=$${MINUTES:-60} exec $(with_services) node --test packages/server/test/cluster/fault-soak.test.ts

sim: install ## the simulated cluster over many seeds (SEEDS=…)
	@exec node packages/testkit/src/cli/sim.ts

bench: install ## measure this machine (QUICK=1 for a short run)
	@exec node loadtest/bench/bench.ts

loadtest: install ## run a k6 script against a Partyline (SCRIPT=…)
	@exec node loadtest/run.ts

cluster: install ## several nodes behind one balancer on this machine (NODES=3)
	@exec node deploy/cluster/cluster.ts

ask-balancer: install ## a word to the haproxy of make cluster (SAY='show servers state')
	@exec node deploy/cluster/ask-balancer.ts

schema: install ## write sql/schema.sql from the migrations
	@exec node packages/server/src/cli/dump-schema.ts

format: install ## format the code and mend what the linter can
	@exec biome check --write

clean: ## remove the data of make run (.data)
	@rm -rf .data && echo "Partyline: removed .data"
