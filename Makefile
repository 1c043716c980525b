# Two promises: `make run` takes a fresh machine to a running site, `make test` runs everything that must hold.
# The plain commands that they stand for are in the README.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
# Files of tests whose questions are more at length: see tests/often.py.
OFTEN = $(shell grep -rl "tests.often import" tests --include="test_*.py")
# Of tests/long what was promised on both engines and does not start PostgreSQL by itself.
BOTH = $(addprefix tests/long/test_,a_database_that_is_read.py a_session_shows_no_more.py imports_are_killed.py)
DATA := $(or $(DATA_DIR),var)
INSTALL = if command -v uv >/dev/null; then VIRTUAL_ENV=.venv uv pip install -q --require-hashes -r $(1); \
	else $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r $(1); fi
LOCK = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" $(ARGS)

.PHONY: run prepare test test-long pictures lint lock sbom messages clean

run: prepare
	@echo
	@echo "  Site    http://$(HOST):$(PORT)/"
	@echo "  Admin   http://$(HOST):$(PORT)/admin/   (an account: $(BIN)/python manage.py createsuperuser)"
	@echo "  Stop    Ctrl+C"
	@echo
	$(BIN)/gunicorn sinorus.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 --log-level warning

prepare: .venv/run $(DATA)/static/staticfiles.json
	$(BIN)/python manage.py migrate -v 0
	$(BIN)/python manage.py load_corpus

# What is compiled once is read by every worker of pytest, and by each process that tests start, whatever the machine is set to.
test test-long: export PYTHONDONTWRITEBYTECODE =
test: .venv/dev lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q $(ARGS)
	$(BIN)/python -m tests.postgres -n 2 --dist loadfile --no-loadscope-reorder -q $(ARGS)

# What takes minutes: the big counts of made-up questions, load, faults, Lighthouse and checks of every kind of page (which want npm and Java).
test-long: export TESTS_AT_LENGTH = 1
test-long: .venv/dev
	$(BIN)/python -m pytest -m long -q tests $(ARGS)
	$(BIN)/python -m pytest -q $(OFTEN) $(ARGS)
	$(BIN)/python -m tests.postgres -m "once or long" --ignore=tests/long -q $(ARGS)
	$(BIN)/python -m tests.postgres -m long -q $(BOTH) $(ARGS)
	$(BIN)/python -m tests.postgres -m "not once and not long" -q $(OFTEN) $(ARGS)

# The pictures of README and docs, from the shipped data; wants Debian's chromium.
pictures: .venv/dev
	$(BIN)/python docs/pictures.py

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Every version and hash of what is installed, from the *.in files; `make lock ARGS=--upgrade` takes what is newest.
lock: .venv/dev
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt

# The list of what the site runs on (CycloneDX), for whoever has to know whether it is concerned by an advisory.
sbom: .venv/dev
	@mkdir -p $(DATA)
	$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible -o $(DATA)/sbom.json

# Words of the interface: gathers them from code and templates into sinorus/locale, and compiles what is translated there.
messages: .venv/dev
	$(BIN)/python manage.py makemessages
	$(BIN)/python manage.py compilemessages --ignore .venv

clean:
	rm -rf .venv $(DATA)/static

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv
	$(call INSTALL,requirements.txt)
	@touch $@

# uv installs in a tenth of pip's time; where there is none, pip installs the one of the list first, held to its hashes as well.
.venv/dev: requirements-dev.txt
	$(PYTHON) -m venv .venv
	if ! command -v uv >/dev/null; then \
		awk '/^[a-z]/ { own = /^uv==/ } own' $< > .venv/uv.txt && $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r .venv/uv.txt; fi
	VIRTUAL_ENV=.venv PATH="$(BIN):$$PATH" uv pip install -q --require-hashes -r $<
	@touch .venv/run $@

# Made again when a file of ours or a package changed; hashing and compressing them all takes some seconds.
$(DATA)/static/staticfiles.json: .venv/run $(shell find static -type f 2>/dev/null)
	@echo "Collecting static files …"
	@$(BIN)/python manage.py collectstatic --noinput --ignore 'redoc*' -v 0
	@touch $@
