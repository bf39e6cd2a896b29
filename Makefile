# Every habit by its name. What decides is .ci/run; this is for the fingers.

BENCH ?= .
FUZZTIME ?= 10s
LAMBDA = CGO_ENABLED=0 GOOS=linux go build -trimpath -ldflags="-s -w" -tags lambda,lambda.norpc,validator_novalidatefn

.DEFAULT_GOAL := help
.PHONY: help test race lint format tidy bench fuzz api cover sizes ci

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "  make %-8s %s\n", $$1, $$2}'

test: ## run the tests, without the race detector
	go test ./... ./examples/outside/...

race: ## run the README's test command, with the race detector
	.ci/run test

lint: ## gofmt, go mod tidy, vet and staticcheck
	.ci/run tidy format lint

format: ## write all files as gofmt -s does
	gofmt -s -w .

tidy: ## write go.mod and go.sum as go mod tidy does
	go mod tidy

bench: ## run benchmarks; BENCH=pattern chooses
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

fuzz: ## run every fuzz target; FUZZTIME=1m for longer
	FUZZTIME=$(FUZZTIME) .ci/run fuzz

api: ## write the exported API to api/*.txt; read the diff before you commit it
	go test ./internal/repotest -run TestAPI -update

cover: ## test coverage by function, of all packages by all tests
	go test -coverpkg=./... -coverprofile=cover.out ./...
	go tool cover -func=cover.out

sizes: ## the sizes of the quickstart's binaries, stripped
	@mkdir -p bin
	@CGO_ENABLED=0 GOOS=linux go build -trimpath -ldflags="-s -w" -o bin/server ./examples/quickstart
	@$(LAMBDA) -o bin/lambda ./examples/quickstart
	@wc -c bin/server bin/lambda | grep -v total

ci: ## everything that must hold, as CI runs it
	.ci/run
