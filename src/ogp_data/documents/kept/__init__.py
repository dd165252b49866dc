"""Readings that are kept, so that a document that has not changed is read once: as JSON, by what went into them."""
