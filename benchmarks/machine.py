"""Facts about this machine, and how much memory a process holds; read from ``/proc``."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["facts", "memory_of"]

_PACKAGES = ("rasa", "tensorflow", "scikit-learn", "spacy", "onnxruntime", "sqlalchemy", "pydantic")


def memory_of(pid: int) -> tuple[int, int]:
    """Resident memory of a process, in bytes: now (``VmRSS``) and at its highest (``VmHWM``)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status, re.MULTILINE))
    return int(found["VmRSS"]) * 1024, int(found["VmHWM"]) * 1024


def facts() -> dict[str, str]:
    """What a reader must know of the machine to compare figures."""
    load = os.getloadavg()
    system = _from_file("/etc/os-release", r"^PRETTY_NAME=(.+)$") or platform.system()
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _from_file("/proc/cpuinfo", r"^model name\s*:\s*(.+)$") or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.1f} GB",
        "load at the start": f"{load[0]:.2f} (1 minute), {load[1]:.2f} (5 minutes)",
        "system": f"{system}, Linux {platform.release()}",
        "Python": platform.python_version(),
        "packages": ", ".join(f"{name} {_version(name)}" for name in _PACKAGES),
        "SQLite": sqlite3.sqlite_version,
    }


def _from_file(path: str, pattern: str) -> str | None:
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return None
    return found[1].strip().strip('"') if found else None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"
