"""Names to encoders: the one place that decides which class loads a model."""

from index.encoder import Encoder
from index.settings import DEFAULT_ENCODER


def load_encoder(name: str) -> Encoder:
    """Load the encoder called `name`, a name or local path of sentence-transformers.

    The default one starts quickly and needs no torch; its weights come with the installation.

    Raises:
        UsageError: there is no such model, or the installed weights of the default are not the official ones.
    """
    if name == DEFAULT_ENCODER:
        from index.onnx_encoder import OnnxEncoder

        return OnnxEncoder()
    from index.sentence_encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)
