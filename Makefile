# Set-up needs Python 3.11 or newer; everything else comes from requirements.lock.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
OUT ?= outputs
SOURCES ?= corpus
GENERAL ?= tests/data/general.jsonl

.PHONY: demo test check bench docs lock

# Builds $(OUT)/thidua.duckdb from the corpus and shows what is in it.
demo: $(READY)
	$(BIN)/thidua run $(SOURCES) --out $(OUT)
	$(BIN)/thidua query "SELECT year, province, recipient, concat_ws(' ', award, grade) AS award, level, count, status FROM award_history" --db $(OUT)/thidua.duckdb

test: $(READY)
	$(BIN)/ruff check pipeline tests
	$(BIN)/python -m pytest -n auto

# For daily work: leaves out the tests that crawl, kill runs or start many processes.
check: $(READY)
	$(BIN)/ruff check pipeline tests
	$(BIN)/python -m pytest -n auto -m "not slow"

# Times the pipeline against its costliest parts alone.
bench: $(READY)
	$(BIN)/python -m pipeline.bench $(SOURCES) --general $(GENERAL)

docs: $(READY)
	$(BIN)/python -m pipeline.data_model > docs/data-model.md

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name one with make PYTHON=..."; exit 2; }
	@echo "Setting up .venv with $(PYTHON) from requirements.lock; this takes a minute or two."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# Renews requirements.lock; needs uv.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --upgrade --quiet --output-file requirements.lock
