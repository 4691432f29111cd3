# One door to everything. `make` alone lists the rooms.
.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench lock audit

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= ./var
ONLY ?=
BIN := .venv/bin
TEMPLATES := git ls-files -z 'templates/*.html'
RESOLVE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(LOCK)

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## Install, start everything with a demo region, print the logins (PORT=8000 HOST=127.0.0.1 DATA=./var)
	@$(PYTHON) tools/setup.py demo --port=$(PORT) --host=$(HOST) --data=$(DATA)

test: ## Install what tests need, then check and test everything, browser included
	@$(PYTHON) tools/setup.py test
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: ## Format, style, floors, templates, types, migrations, in the order of speed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(TEMPLATES) | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/mypy
	$(BIN)/python -m tools.with_cluster manage.py makemigrations --check --dry-run

fix: ## Let the machines fix what machines can fix, and write the rulebook anew
	-$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(TEMPLATES) | xargs -0 -r $(BIN)/djade --target-version 5.2
	$(BIN)/python -m tools.rulebook > docs/rulebook.md

bench: ## Measure the promises, each against the limit of this machine (ONLY=answers)
	@$(BIN)/python -m bench $(ONLY)

lock: ## Resolve the lock files anew (LOCK=--upgrade for newer versions)
	$(RESOLVE) pyproject.toml --group install -o requirements.lock
	$(RESOLVE) pyproject.toml --group install --group dev -c requirements.lock -o requirements-dev.lock
	$(BIN)/python -m tools.embedded_requirement | $(RESOLVE) - --no-deps -o requirements-embedded.lock

audit: ## Known holes in the pinned versions
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-dev.lock
