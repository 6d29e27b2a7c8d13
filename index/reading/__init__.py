"""From the bytes of a file to an article: decoding, metadata, page furniture."""
