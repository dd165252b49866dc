"""A table of a document -> its rows: header, cells that span several, lines across it, pieces, ticks and fills."""
