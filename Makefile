# Everything here works on a fresh machine with Python 3.11 or newer, its venv module and make (Debian: python3 python3-venv make git).

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CHECKOV := 3.3.30
GO_PROGRAMS := github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 helm.sh/helm/v3/cmd/helm@v3.22.0
NPM_PACKAGES := @actions/expressions@0.3.61 @actions/workflow-parser@0.3.61 @cloud-copilot/iam-simulate@0.1.173
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help try test test-all oracles lint types imports docs golden bench check lock wheel compile clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

try: compile ## Install into .venv and scan an example
	@$(BIN)/auditor scan fixtures/web_shop; code=$$?; \
	echo; echo "That was: auditor scan fixtures/web_shop (exit code $$code: $$([ $$code = 1 ] && echo findings || echo unexpected))"; test $$code = 1

test: compile ## Run the tests that are quick
	$(PYTEST) -m 'not slow'

test-all: compile ## Run all tests
	$(PYTEST)

oracles: ## Install what tests compare with and PyPI does not have, into .cache; what cannot be had is skipped by its tests
	@mkdir -p .cache/bin
	@for program in $(GO_PROGRAMS); do name=$${program%@*}; [ -x .cache/bin/$${name##*/} ] || ! command -v go >/dev/null || \
		GOBIN="$(CURDIR)/.cache/bin" go install $$program || echo "not to be had here: $$program"; done
	@[ -d .cache/npm/node_modules ] || ! command -v npm >/dev/null || \
		npm install --silent --no-audit --no-fund --fetch-retries=1 --prefix .cache/npm $(NPM_PACKAGES) || echo "not to be had here: $(NPM_PACKAGES)"

lint: $(INSTALLED) ## Check the style
	$(BIN)/ruff check .

types: $(INSTALLED) ## Check the types
	$(BIN)/mypy auditor rules scripts tests benchmarks

imports: $(INSTALLED) ## Check the import contracts
	$(BIN)/lint-imports

docs: compile ## Write the pages of all rules, with the guide, to build/docs
	$(BIN)/python scripts/docs.py build/docs

golden: compile ## Rewrite reports/ from fixtures/
	$(BIN)/python -m pytest -q tests/test_scenarios.py --golden

check: lint types imports docs test-all ## Everything that CI runs

bench: compile ## Measure beside checkov, which gets an environment of its own
	@[ -x .cache/checkov/bin/checkov ] || ($(PYTHON) -m venv .cache/checkov && .cache/checkov/bin/python -m pip install -q checkov==$(CHECKOV))
	$(BIN)/python benchmarks/compare.py --checkov .cache/checkov/bin/checkov

lock: $(INSTALLED) ## Resolve requirements-dev.lock again
	@[ -x .cache/uv/bin/uv ] || ($(PYTHON) -m venv .cache/uv && .cache/uv/bin/python -m pip install -q uv)
	.cache/uv/bin/uv pip compile pyproject.toml --group dev --all-extras --generate-hashes --universal --python-version 3.11 \
		--upgrade --no-header --no-annotate --no-emit-index-url -q -o requirements-dev.lock
	sed -i '1i # Made by `make lock`: the exact versions that development and CI use. Users get the ranges of pyproject.toml.' requirements-dev.lock

wheel: $(INSTALLED) ## Build dist/
	$(BIN)/python -m hatchling build

# With bytecode beside the sources every command starts in half the time; -B and PYTHONDONTWRITEBYTECODE would prevent it.
compile: $(INSTALLED)
	@$(BIN)/python -m compileall -q auditor rules
	@$(BIN)/python -m auditor.engine.rule_index rules

$(INSTALLED): requirements-dev.lock pyproject.toml
	@[ -n "$(PYTHON)" ] || (echo "Python 3.11 or newer is needed (Debian: apt-get install python3 python3-venv)" >&2; exit 1)
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV) || (echo "Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean: ## Remove what was made
	rm -rf $(VENV) .cache build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find auditor rules tests -name __pycache__ -type d -prune -exec rm -rf {} +
