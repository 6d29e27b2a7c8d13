"""Articles in, passages found: reading, splitting, encoding, the archive on disk, search."""
