#!/usr/bin/env bash
# Renews requirements/run.txt and dev.txt from pyproject.toml, with hashes. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_CUSTOM_COMPILE_COMMAND="make lock"
compile() {
    uv pip compile --quiet --no-config --python-version 3.10 --universal --generate-hashes --no-emit-index-url \
        --overrides requirements/overrides.txt "$@" pyproject.toml
}
compile --output-file requirements/run.txt
compile --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt
