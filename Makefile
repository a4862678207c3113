# The short commands. `make` alone lists them.
PYTHON = .venv/bin/python
.DEFAULT_GOAL = help
.PHONY: help setup demo demo-reset run worker test test-full check bench \
	secrets backup restore

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## install what is locked, fetch browser files, compile messages
	@bin/setup

demo: export DEMO = 1
demo: ## a portal with invented data at http://127.0.0.1:8000 (PORT=8001 for another)
	@bin/setup
	@$(PYTHON) manage.py demo

demo-reset: export DEMO = 1
demo-reset: ## throw away what the demo has stored
	@bin/setup
	@$(PYTHON) manage.py demo --reset

run: export DEMO = 1
run: export DEBUG = 1
run: ## the development server on the demo's data, reloading
	@bin/setup
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py runserver $(or $(PORT),8000)

worker: export DEMO = 1
worker: ## the worker with its clock, beside `make run`
	@bin/setup
	@$(PYTHON) -m celery -A portal worker -B -Q celery,mails -c 1 --pool prefork --loglevel INFO

test: ## the tests, about ten minutes
	@bin/setup
	@$(PYTHON) -m pytest -n 2 --durations 10 --durations-min 3

test-full: export FULL = 1
test-full: ## the tests with the large numbers of tests/sizes.py
	@bin/setup
	@$(PYTHON) -m pytest -n 2 --durations 10 --durations-min 3

check: ## style, types, staircase, templates, migrations, messages
	@bin/setup
	@bin/check

bench: ## the heavy jobs beside the usual way, one line of JSON per figure (WHAT=page for one bench)
	@bin/setup
	@$(PYTHON) -m bench $(WHAT)

secrets: ## the passwords that docker-compose.yml hands over as files
	@bin/secrets

backup: ## database and files in one folder below backups/ (TO=… for another place)
	@$(PYTHON) manage.py backup --to $(or $(TO),backups)

restore: ## an empty portal becomes that of a backup: make restore FROM=backups/…
	@$(PYTHON) manage.py restore $(or $(FROM),$(error name the folder: make restore FROM=backups/…))
