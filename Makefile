# One entry to everything. `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PY := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export CUDA_VISIBLE_DEVICES :=

.PHONY: help setup setup-dev run chat train test test-fast walk transcripts lint format bench eval compare widget lock doctor clean

help: ## list what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.run: requirements/run.txt tools/bootstrap.sh
	@tools/bootstrap.sh run
.venv/.dev: requirements/dev.txt tools/bootstrap.sh
	@tools/bootstrap.sh dev

setup: ## install what running needs into .venv
	@[ -e .venv/.dev -a .venv/.dev -nt requirements/dev.txt ] || $(MAKE) --no-print-directory .venv/.run
setup-dev: .venv/.dev ## install what developing needs, too

run: setup ## serve on 127.0.0.1:8000 (trains the model first if none fits)
	@.venv/bin/waymark run
chat: setup ## talk in the terminal
	@.venv/bin/waymark chat
train: setup ## train the model if none fits the files
	@.venv/bin/waymark train
doctor: setup ## say what is installed, where the data is, whether the model fits
	@.venv/bin/waymark doctor

test: setup-dev lint ## pass the linters and all tests
	@.venv/bin/waymark train
	@$(PY) -m pytest
test-fast: setup-dev ## the tests that need neither Rasa nor a browser
	@$(PY) -m pytest -m "not model and not browser" -q
walk: setup-dev ## five thousand turns at random through the real assistant
	@.venv/bin/waymark train
	@$(PY) -m pytest tests/walk -q --turns 5000
transcripts: setup-dev ## make the pages of docs/transcripts anew from their scripts
	@.venv/bin/waymark train
	@mkdir -p docs/transcripts && $(PY) -m pytest tests/conversations/transcripts -q --write-pages
eval: setup-dev ## measure search and understanding on their judging sets; writes the tables into benchmarks/RESULTS.md
	@.venv/bin/waymark train
	@$(PY) -m benchmarks.evaluate && $(PY) -m benchmarks.understanding
compare: setup-dev ## train and measure the classifiers that were compared (hours)
	@$(PY) -m benchmarks.classifiers
lint: setup-dev ## ruff, mypy, import-linter, the knowledge base
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy && { out=$$(.venv/bin/lint-imports --no-cache) || { echo "$$out"; exit 1; }; } && .venv/bin/waymark knowledge check
format: setup-dev ## let ruff format the code
	@$(PY) -m ruff check --fix . && $(PY) -m ruff format .
bench: setup-dev ## measure against the assistant that `rasa init` makes; writes benchmarks/RESULTS.md
	@$(PY) -m benchmarks
widget: ## build the web component from source (needs Node.js 20 or newer) and test it
	@cd widget && npm ci --no-audit --no-fund && npm run check && npm test && npm run build
lock: ## renew the locked requirements
	@tools/lock.sh
clean: ## remove the environment and the models (var/, the data, stays)
	@rm -rf .venv .tools models/*.tar.gz models/knowledge .pytest_cache .mypy_cache .ruff_cache
