# Every target sets up what it needs; a second call finds it in place.
PYTHON ?= python3
BIN := .venv/bin
CARDS := out/demo

.PHONY: run demo test lint bench gallery train-setup retrain clean

run: .venv/serving
	@$(BIN)/python -m bot all || { status=$$?; [ $$status -eq 2 ] && $(MAKE) --no-print-directory demo || exit $$status; }

demo: .venv/serving
	@$(BIN)/python -m core answer --out $(CARDS) samples/photos/*.jpg
	@echo "The cards are in $(CARDS)/"

test: .venv/developing
	$(BIN)/python -m pytest -q

lint: .venv/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot core models config docs

bench: .venv/developing
	$(BIN)/python -m tests.bench

gallery: .venv/serving
	$(BIN)/python -m docs.gallery

train-setup: .venv/developing

# From CROHME's official packages to weights that serve: CROHME is the folder with them, MINUTES the length of training.
# With SCANS and FONTS, folders of crops of paper and of handwriting fonts, it learns from these, too.
MINUTES ?= 720
retrain: train-setup
	$(BIN)/python -m models prepare $(CROHME) $(SCANS) $(if $(FONTS),--fonts $(FONTS))
	$(BIN)/python -m models train --minutes $(MINUTES) --decay-minutes 45
	$(BIN)/python -m models export

clean:
	rm -rf .venv out build .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/serving: .venv/bin/python pyproject.toml
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/developing: .venv/bin/python pyproject.toml
	$(BIN)/pip install --quiet --editable '.[train,dev]'
	@touch $@ .venv/serving
