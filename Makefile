# Each target sets the project up when need be; the work is done by bootstrap.py, which also runs
# without make: python3 bootstrap.py test. Further words: make test ARGS="-k claims".
PYTHON ?= python3

.PHONY: brief test lint bench docs lock
brief test lint bench docs:
	@$(PYTHON) bootstrap.py $@ $(ARGS)

# For maintainers: lock anew what pyproject.toml asks for. Takes uv (https://docs.astral.sh/uv).
LOCK = uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml requirements/build.in
lock:
	$(LOCK) --upgrade --output-file requirements/core.txt
	$(LOCK) --extra dev --extra pandas -c requirements/core.txt --output-file requirements/dev.txt
	$(LOCK) --extra docs -c requirements/dev.txt --output-file requirements/docs.txt
