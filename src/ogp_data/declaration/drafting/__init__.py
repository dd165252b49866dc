"""What `ogp-data new` writes: a declaration that says what was seen of a document, and marks what was not."""
