# Set-up and the usual verbs. `make demo` and `make test` need Python 3.11+, make and a C compiler only.
VENV   ?= .venv
PYTHON ?= python3
# Extra places for wheels, where the environment names them for pip; uv does not read pip's settings.
FIND := $(if $(PIP_FIND_LINKS),--find-links "$(PIP_FIND_LINKS)")
# TORCH_BACKEND=cpu takes PyTorch's own small CPU build (Linux); cu130, rocm… a GPU build.
TB   := $(if $(TORCH_BACKEND),--torch-backend=$(TORCH_BACKEND))
UV   := $(VENV)/bin/uv pip install -q --python $(VENV)/bin/python --compile-bytecode $(FIND) $(TB) -c constraints.txt
RUN  := $(VENV)/bin/dibao

.PHONY: demo run test lint bench prove model pairs words clean setup setup-dev sources-page feeds-page

setup: $(VENV)/.base
setup-dev: $(VENV)/.dev

$(VENV)/.uv:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check uv==0.13.9
	touch $@

$(VENV)/.base: $(VENV)/.uv pyproject.toml constraints.txt
	$(UV) -e .
	touch $@

$(VENV)/.dev: $(VENV)/.base
	$(UV) -e ".[dev,e2e]"
	touch $@

demo: $(VENV)/.base
	$(RUN) demo $(if $(serve),--serve)

run: $(VENV)/.base
	$(RUN) run

test: $(VENV)/.dev
	$(VENV)/bin/python -m pytest -q -n auto $(TESTS)

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/vulture

bench: $(VENV)/.dev
	for bench in bench/*.py; do $(VENV)/bin/python $$bench || exit 1; done

# What takes hours: the grouping of a million items, and the rival at 100,000.
prove: $(VENV)/.dev
	for size in 100000 "--rival 100000" 1000000; do $(VENV)/bin/python bench/scale.py $$size || exit 1; done

sources-page: $(VENV)/.base
	$(VENV)/bin/python -m dibao.crawler.page > docs/sources.md

# A draft first: a run that fails leaves the page as it was.
feeds-page: $(VENV)/.dev
	$(VENV)/bin/python bench/feeds.py --page > docs/feeds.md.new
	mv docs/feeds.md.new docs/feeds.md

# The command line's Chinese: what the code says goes into the .po file, and that is compiled.
words: $(VENV)/.base
	$(VENV)/bin/python -m dibao.words

model: $(VENV)/.dev
	$(VENV)/bin/python bench/build/train_model.py

pairs: $(VENV)/.dev
	$(VENV)/bin/python bench/build/train_pairs.py

clean:
	rm -rf $(VENV) out data demo/out demo/data build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
