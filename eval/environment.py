"""A separate environment for what is measured beside Citewire: made once, run as another process."""

import subprocess
import sys
import venv
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from index.errors import UsageError
from index.files import write_text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REQUIREMENTS = HERE / "peers-requirements.txt"
STAMP = "requirements.sha256"


def environment(folder: Path) -> Path:
    """Python of the environment in a folder, made with the pinned packages if it is not there yet.

    Raises:
        UsageError: if the folder holds something else, lies in the checkout, or the packages cannot be had.
    """
    python = folder.absolute() / "bin" / "python"
    wanted = sha256(REQUIREMENTS.read_bytes()).hexdigest()
    stamp = folder / STAMP
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        raise UsageError(f"{folder}: not an environment, and not empty; give --venv another folder")
    if ROOT in folder.resolve().parents:
        raise UsageError(f"{folder}: give --venv a folder outside of the checkout")
    print(f"making an environment in {folder} (2 GB, minutes)", file=sys.stderr)
    venv.create(folder, with_pip=True, symlinks=True)
    for what in (["--upgrade", "pip"], ["--requirement", str(REQUIREMENTS)]):
        run([str(python), "-m", "pip", "install", "--quiet", *what])
    write_text(stamp, wanted)
    return python


def run(command: Sequence[str]) -> None:
    """Run a program to its end, its output shown.

    Raises:
        UsageError: if it fails.
    """
    done = subprocess.run(command, check=False)  # noqa: S603
    if done.returncode:
        raise UsageError(f"{' '.join(command[:4])} …: failed with status {done.returncode}")


def installed(python: Path) -> dict[str, str]:
    """Versions of the packages in the environment that bear on the figures."""
    freeze = [str(python), "-m", "pip", "list", "--format", "freeze"]
    done = subprocess.run(freeze, check=True, capture_output=True, text=True)  # noqa: S603
    named = {"bm25s", "faiss-cpu", "haystack-ai", "sentence-transformers", "tantivy", "torch", "txtai"}
    versions = dict(line.split("==", 1) for line in done.stdout.splitlines() if "==" in line)
    return {name: versions[name] for name in sorted(named & versions.keys())}
