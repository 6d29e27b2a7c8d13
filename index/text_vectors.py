"""Vectors of short texts that questions meet again and again, kept in memory."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from index.encoder import Encoder, Vectors

# 20,000 vectors of 384 float32 take 31 MB and are the sentences of some 600 articles.
CAPACITY = 20_000


class TextVectors:
    """An encoder with a memory: the least recently used text is forgotten first. Safe between threads."""

    def __init__(self, encoder: Encoder, capacity: int = CAPACITY) -> None:
        self.encoder = encoder
        self.capacity = capacity
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dimension) of article text in the order given; the unknown are encoded as one batch."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            known = {text: self._known[text] for text in texts if text in self._known}
        # Encoded outside the lock: another question need not wait, at worst both encode the same.
        found = known | dict(zip(new, self.encoder.encode_sentences(new), strict=True)) if new else known
        with self._lock:
            for text in dict.fromkeys(texts):
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > self.capacity:
                self._known.popitem(last=False)
        if not texts:
            return np.empty((0, self.encoder.dimension), dtype=np.float32)
        return np.stack([found[text] for text in texts])
