"""Published nouns -> pages. Imports tables, formats and catalogue."""
