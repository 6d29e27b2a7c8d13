"""How an archive was made, saved with it: format, encoder, settings; checked when it is opened."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.encoder import Encoder
from index.errors import ArchiveFormatError, EncoderMismatchError
from index.files import write_text
from index.settings import Settings

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive's passages and vectors were made with.

    `checksum` is the SHA-256 of the encoder's weights and `dimension` the length of its vectors, both
    None until the encoder was first loaded: articles do not wait for it.
    """

    settings: Settings
    checksum: str | None = None
    dimension: int | None = None
    format: int = FORMAT

    def accept(self, encoder: Encoder, where: Path) -> "Manifest":
        """The manifest with this encoder in it.

        Raises:
            EncoderMismatchError: if the archive has vectors of another encoder.
        """
        if self.checksum is None:
            return replace(self, checksum=encoder.checksum, dimension=encoder.dimension)
        if (encoder.checksum, encoder.dimension) != (self.checksum, self.dimension):
            raise EncoderMismatchError(
                f"{where}: made with encoder {self.settings.encoder} ({self.checksum[:12]}…), not with"
                f" {encoder.name} ({encoder.checksum[:12]}…); use that one, or index into a new --archive"
            )
        return self

    def agrees_with(self, other: "Manifest") -> bool:
        """True unless the two say different things of one archive."""
        known = self.checksum is None or other.checksum is None or self.checksum == other.checksum
        return known and (self.format, self.settings) == (other.format, other.settings)

    def to_json(self) -> str:
        """As it stands in manifest.json."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str, where: Path) -> "Manifest":
        """Read a manifest.

        Raises:
            ArchiveFormatError: if it is no manifest of this format.
        """
        try:
            fields = json.loads(text)
            if fields["format"] != FORMAT:
                raise ArchiveFormatError(
                    f"{where}: archive format {fields['format']}, this Citewire reads {FORMAT};"
                    " index the articles again into a new --archive"
                )
            return cls(**{**fields, "settings": Settings(**fields["settings"])})
        except (ValueError, KeyError, TypeError) as error:
            raise ArchiveFormatError(
                f"{where}: not a manifest ({error!r}); restore it from a copy"
            ) from error

    def save(self, path: Path) -> None:
        """Write manifest.json in one step."""
        write_text(path, self.to_json())
