"""Where a result comes from: command, commit, machine, versions, and hashes of what was measured on."""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("citewire", "faiss-cpu", "numpy", "onnxruntime", "sentence-transformers", "tiktoken", "torch")
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine a run was made on; `cores` are those this process may use."""

    cpu: str
    cores: int
    memory_gib: float | None
    system: str
    python: str

    @classmethod
    def here(cls) -> "Machine":
        """This machine."""
        return cls(_cpu(), _cores(), _memory_gib(), platform.platform(terse=True), platform.python_version())


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that someone needs to make a result again, or to see why theirs differs."""

    command: str
    commit: str | None
    dirty: bool | None
    date: str
    machine: Machine
    packages: dict[str, str]
    encoder: str
    encoder_checksum: str | None
    gold: str
    gold_sha256: str
    archive_sha256: str
    articles: int
    passages: int
    embedded: int


def commit() -> tuple[str | None, bool | None]:
    """Commit of the checkout this code runs from and whether tracked files differ; Nones outside one."""
    revision = _git("rev-parse", "HEAD")
    if revision is None or _git("ls-files", "--error-unmatch", Path(__file__).name) is None:
        return None, None  # an installed copy may lie inside another project's checkout
    return revision, bool(_git("status", "--porcelain", "--untracked-files=no"))


def now() -> str:
    """The moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def file_sha256(path: Path) -> str:
    """SHA-256 (hex) of a file as it lies on disk."""
    return sha256(path.read_bytes()).hexdigest()


def packages() -> dict[str, str]:
    """Versions of the packages that bear on the figures, those that are installed."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _git(*arguments: str) -> str | None:
    program = shutil.which("git")
    if program is None:
        return None
    done = subprocess.run([program, *arguments], cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() if done.returncode == 0 else None


def _cpu() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _cores() -> int:
    # A container may be given fewer cores than the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory_gib() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (AttributeError, ValueError, OSError):
        return None
