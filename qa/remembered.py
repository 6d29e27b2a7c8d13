"""What was worked out for an archive, kept while the archive does not change: earlier turns of talk."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from index.archive import Archive

Value = TypeVar("Value")
KEPT = 256  # of each archive; a turn is a few hundred bytes


class Remembered(Generic[Value]):
    """A bounded memory of values by archive and key, forgotten when the archive changes.

    Safe between threads.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._known: WeakKeyDictionary[Archive, OrderedDict[Hashable, Value]] = WeakKeyDictionary()

    def get(self, archive: Archive, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made now if it is not known; two threads may both make it."""
        full_key = (archive.database.generation, key)
        with self._lock:
            known = self._known.setdefault(archive, OrderedDict())
            if full_key in known:
                known.move_to_end(full_key)
                return known[full_key]
        value = make()
        with self._lock:
            known[full_key] = value
            while len(known) > self._kept:
                known.popitem(last=False)
        return value
