# Every command of this project; CONTRIBUTING.md says when to use which. The work itself is in .ci/*.py.
# Nothing is exported that people must know of: what libraries cache stays below .venv, and bytecode is always written.

# The system's own Python where it will do: a distribution builds it with profiles, a version manager mostly without,
# and the whole of gathering takes 7 % less time with it (docs/decisions/0025-which-python.md).
SYSTEM_PYTHON := /usr/bin/python3
WILL_DO := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell $(SYSTEM_PYTHON) -c '$(WILL_DO)' 2> /dev/null && echo $(SYSTEM_PYTHON) || echo python3)
PYTEST_ARGS ?=
BENCH_ARGS ?=
ENVIRONMENT := .ci/environment.py
BIN := .venv/bin

export XDG_CACHE_HOME := $(CURDIR)/.venv/cache
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PYTHONPYCACHEPREFIX

.DEFAULT_GOAL := help
.PHONY: help setup pango demo test lint check bench hooks clean

help: ## menampilkan daftar ini
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## menyiapkan lingkungan kerja .venv dari requirements.lock (tidak melakukan apa pun bila sudah siap)
	@command -v $(PYTHON) > /dev/null || { \
	  echo "Python belum ada di komputer ini. Pasang dengan baris berikut, lalu ulangi perintah ini:" >&2; \
	  echo "  sudo apt-get update && sudo apt-get install -y python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) $(ENVIRONMENT) setup

pango: setup
	@$(BIN)/python $(ENVIRONMENT) pango

demo: pango ## menyusun dosir kota contoh dan menyebutkan tempat PDF-nya
	@$(BIN)/kla demo

test: pango ## menjalankan semua uji
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

lint: setup ## memeriksa bentuk kode, tipe, dan arah impor (beberapa detik)
	@$(BIN)/python .ci/check.py lint

check: pango ## menjalankan semua pemeriksaan, uji, dan paket jadi (wheel) di lingkungan baru
	@$(BIN)/python $(ENVIRONMENT) optional
	@$(BIN)/python .ci/check.py

bench: pango ## mengukur kecepatan terhadap pembanding dan mencetak tabelnya
	@$(BIN)/python tests/bench/bench.py $(BENCH_ARGS)

hooks: setup ## menjalankan "make lint" setiap kali sebelum git commit
	@printf '#!/bin/sh\nexec make --no-print-directory lint\n' > "$$(git rev-parse --git-path hooks)/pre-commit"
	@chmod +x "$$(git rev-parse --git-path hooks)/pre-commit"

clean: ## menghapus lingkungan kerja dan semua berkas sementara; inputs/ dan hasil susunan tetap ada
	@rm -rf .venv build dist htmlcov .coverage .coverage.* .pytest_cache .ruff_cache .mypy_cache .hypothesis \
	  .import_linter_cache .benchmarks *.egg-info
	@find flows tests .ci -name __pycache__ -type d -prune -exec rm -rf {} +
