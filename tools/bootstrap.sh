#!/usr/bin/env bash
# Makes .venv with Python 3.10 and the locked requirements. Usage: tools/bootstrap.sh run|dev
# Needs only curl and any Python 3 (or uv itself); fetches uv and Python 3.10 where they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-run}
say() { printf '%s\n' "waymark: $*" >&2; }
die() { say "$*"; exit 1; }

find_uv() {
    for candidate in uv .tools/bin/uv .tools/lib/bin/uv "$HOME/.local/bin/uv"; do
        if "$candidate" --version >/dev/null 2>&1; then command -v "$candidate"; return; fi
    done
    say "installing uv into .tools"
    if python3 -m venv .tools >/dev/null 2>&1 && .tools/bin/python -m pip install -q --disable-pip-version-check uv >&2; then
        echo .tools/bin/uv
    elif python3 -m pip --version >/dev/null 2>&1 && python3 -m pip install -q --disable-pip-version-check --target .tools/lib uv >&2; then
        echo .tools/lib/bin/uv
    elif curl -LsSf https://astral.sh/uv/install.sh | env UV_INSTALL_DIR=.tools/bin UV_NO_MODIFY_PATH=1 sh >/dev/null 2>&1; then
        echo .tools/bin/uv
    else
        die "could not install uv: install it (docs.astral.sh/uv) or python3-venv, then run this again"
    fi
}

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

find_python() {
    if [ -n "${WAYMARK_PYTHON:-}" ]; then
        is_310 "$WAYMARK_PYTHON" || die "WAYMARK_PYTHON is $("$WAYMARK_PYTHON" --version 2>&1 || echo "not a Python"): Rasa 3.6 needs Python 3.10; unset it or name a 3.10"
        echo "$WAYMARK_PYTHON"; return
    fi
    # pyenv's own copies come first: its python3.10 shim fails where 3.10 is not selected, and stops uv's search.
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10 python3.10 /usr/bin/python3.10; do
        if is_310 "$candidate"; then echo "$candidate"; return; fi
    done
    echo 3.10  # uv finds its own or fetches one
}

uv=$(find_uv)
if ! is_310 .venv/bin/python; then
    python=$(find_python)
    rm -rf .venv
    "$uv" venv -q --python "$python" .venv \
        || die "no Python 3.10 here and none could be fetched: install Python 3.10 and set WAYMARK_PYTHON to it, then run this again"
fi
bar() { # bar PID: one line while it runs, filled by the share of packages that are there
    local all here width=30
    all=$(grep -c '==' "requirements/$what.txt")
    while kill -0 "$1" 2>/dev/null; do
        here=$(find .venv/lib -maxdepth 3 -name '*.dist-info' 2>/dev/null | wc -l)
        [ "$here" -le "$all" ] || here=$all
        printf '\r  [%-*s] %d of about %d packages, %d s ' "$width" \
            "$(head -c $((here * width / all)) < /dev/zero | tr '\0' '#')" "$here" "$all" "$SECONDS" >&2
        sleep 1
    done
    printf '\n' >&2
}

say "installing the locked requirements ($what); the first time takes a few minutes"
export VIRTUAL_ENV=$PWD/.venv
"$uv" pip sync --quiet --compile-bytecode --require-hashes "requirements/$what.txt" &
installing=$!
[ ! -t 2 ] || bar "$installing"
wait "$installing"
"$uv" pip install -q --no-deps --no-build-isolation --editable .
# The vectors of the knowledge base's texts, once, so that no start and no search has to wait for them.
.venv/bin/waymark knowledge index >/dev/null || say "the knowledge base has problems: run .venv/bin/waymark knowledge check"
touch ".venv/.$what"
