"""Published nouns -> pages. Imports types, declaration, tables, formats and catalogue."""
