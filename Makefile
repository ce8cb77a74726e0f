# `make` lists the targets.
GOLANGCI_LINT = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
LDFLAGS = -s -w -X main.version=$(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

build: ## ./tallywire
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o tallywire ./cmd/tallywire

demo: ## the sample newsroom
	go run ./cmd/tallywire demo

test: ## all tests
	go test ./...

race: ## all tests with the race detector
	go test -race ./...

lint: ## vet and golangci-lint
	gofmt -l . | (! grep .)
	go vet ./...
	go run $(GOLANGCI_LINT) run ./...

check: lint race ## what CI runs, without the evaluations

bench: ## benchmarks of every stage
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## every fuzz target for 20 s
	@for p in $$(go list ./...); do for f in $$(go test -list '^Fuzz' $$p | grep ^Fuzz); do go test -run '^$$' -fuzz "^$$f$$" -fuzztime 20s $$p || exit 1; done; done

eval: build ## scenarios and extraction benchmarks, where ../shared is there
	python3 ../shared/eval/scenarios.py --bin ./tallywire -v ../shared/eval/scenarios
	python3 ../shared/eval/extraction/bench.py --bin ./tallywire

release: ## binaries for six platforms with checksums, in dist/
	rm -rf dist && mkdir dist
	for os in linux darwin windows; do for arch in amd64 arm64; do \
	  GOOS=$$os GOARCH=$$arch CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o dist/tallywire-$$os-$$arch ./cmd/tallywire || exit 1; done; done
	cd dist && sha256sum * > SHA256SUMS

.PHONY: help build demo test race lint check bench fuzz eval release
