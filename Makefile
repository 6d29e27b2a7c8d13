# The two commands of the README, `make chat` and `make test`, and what they stand on.
# `make reader DATA=FOLDER` trains a reader anew on a laptop, hours on two cores; `make ensemble DATA=FOLDER` trains one
# with a GPU for a quarter of an hour, and `make news-ensemble` teaches it conversations and more news there: the one
# that ships (training/README.md).
# Everything is kept in .venv; `make clean` removes it. ARGS are passed on: make chat ARGS="--port 7861".

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

DATA ?= ../shared/data
RUN ?= training/runs/reader

.PHONY: chat test slow lint format reader ensemble news news-ensemble refit clean

chat: $(VENV)/product
	$(BIN)/citewire chat $(ARGS)

test: $(VENV)/tools
	$(BIN)/python -m pytest $(ARGS)

# Tests that take minutes, or read the data folder named by CITEWIRE_DATA.
slow: $(VENV)/tools
	$(BIN)/python -m pytest -m slow $(ARGS)

lint: $(VENV)/tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/tools
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Stopped in its first step, the same command goes on from the last checkpoint.
reader: $(VENV)/tools
	$(BIN)/python -m training.reader --data $(DATA)/train --out $(RUN)
	$(MAKE) news

PACK = --data $(DATA)/train --passes 3 --first
ensemble: $(VENV)/tools
	mkdir -p $(RUN)
	$(BIN)/python -m training.packed_examples $(PACK) 0 --out $(RUN)/first.npz
	$(BIN)/python -m training.packed_examples $(PACK) 3 --out $(RUN)/second.npz
	$(BIN)/python -m training.validation --data $(DATA)/train --out $(RUN)/validation.pkl
	$(BIN)/python -m training.ensemble --packs $(RUN)/first.npz $(RUN)/second.npz --validation $(RUN)/validation.pkl \
	    --out $(RUN) --teacher-steps 4000 --student-steps 2250
	$(MAKE) news

# Teaches the reader that was trained in RUN news, in two goes whose weights are averaged, exports it, and refits what
# orders passages and chooses sentences. Stopped in a go, the same command goes on from there; without RUN/news and
# RUN/more-news it begins anew. The first go has the ARTICLES that questions were written on first, the second the rest.
BEFORE = $(RUN)/checkpoint.pt
NEWS = $(BIN)/python -m training.news_reader --data $(DATA) --keep $(BEFORE) --half
ARTICLES = 1014
news: $(VENV)/tools
	test -e $(RUN)/news/checkpoint.pt || $(NEWS) --init $(BEFORE) --last $(ARTICLES) --out $(RUN)/news
	test -e $(RUN)/more-news/checkpoint.pt || \
	    $(NEWS) --init $(RUN)/news/checkpoint.pt --first $(ARTICLES) --seed 2 --out $(RUN)/more-news
	$(BIN)/python -m training.blending --data $(DATA) --before $(RUN)/news/checkpoint.pt \
	    --after $(RUN)/more-news/checkpoint.pt --shares .5 --out $(RUN)/blended.pt
	$(BIN)/python -m training.export_reader $(RUN)/blended.pt qa/data/reader.onnx --as int8
	$(MAKE) refit

# Teaches the exported reader conversations and all written questions, with a GPU in 10 minutes.
MORE = $(RUN)/news-ensemble
news-ensemble: $(VENV)/tools
	mkdir -p $(MORE)
	cp qa/data/reader.onnx $(MORE)/begin.onnx
	$(BIN)/python -m training.packed_examples $(PACK) 6 --out $(MORE)/old.npz
	$(BIN)/python -m training.packed_choices --data $(DATA) --out $(MORE)/choices.npz
	$(BIN)/python -m training.held_news --data $(DATA) --out $(MORE)/held.pkl
	$(BIN)/python -m training.news_ensemble --old $(MORE)/old.npz --choices $(MORE)/choices.npz --held $(MORE)/held.pkl \
	    --begin $(MORE)/begin.onnx --out $(MORE) --teacher-steps 1000 --student-steps 540 --further-steps 230
	$(BIN)/python -m training.export_reader $(MORE)/shallow-reader.pt qa/data/reader.onnx --as int8
	$(MAKE) refit

# Measures the exported reader, and fits anew what orders passages and chooses sentences.
refit: $(VENV)/tools
	$(BIN)/python -m training.evaluate_reader qa/data/reader.onnx --data $(DATA)/train
	$(BIN)/python -m training.ranking --data $(DATA) --archive $(RUN)/archive
	$(BIN)/python -m training.selection --data $(DATA) --cache $(RUN)/selection --archive $(RUN)/archive
	$(BIN)/python -m training.sureness --data $(DATA) --run $(RUN)/sureness

# Older pips cannot read dependency groups, and stumble over lxml's extras.
$(VENV)/pip: constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Citewire needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip
	@touch $@

$(VENV)/product: $(VENV)/pip pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/tools: $(VENV)/product
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	@touch $@

clean:
	rm -rf $(VENV)
