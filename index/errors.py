"""The errors a caller may meet, all of one tree.

CitewireError
├── CorpusError            a file or record cannot be read as an article
├── UsageError             an argument is out of range or names something that is not there
└── ArchiveError           the archive on disk cannot be used
    ├── ArchiveFormatError     made by another version, or damaged beyond what can be rebuilt
    ├── ArchiveLockedError     another process is writing to it
    └── EncoderMismatchError   its vectors were made by another encoder

"No answer" is a result and has no error. Messages are one line: what, where, what to do.
"""


class CitewireError(Exception):
    """Base of every error that Citewire raises on purpose."""


class CorpusError(CitewireError):
    """A file or record cannot be read as an article; the message names file and line."""


class UsageError(CitewireError):
    """What was asked for is not possible: a bad argument, an unknown id, a missing path."""


class ArchiveError(CitewireError):
    """The archive on disk cannot be used."""


class ArchiveFormatError(ArchiveError):
    """The archive was made by another version, or its catalogue is damaged."""


class ArchiveLockedError(ArchiveError):
    """Another process is writing to the archive."""


class EncoderMismatchError(ArchiveError):
    """The archive's vectors were made by another encoder than the one given."""
