"""One writer for each format; `schema` projects the declared columns to all of them."""
