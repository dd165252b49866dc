"""Published nouns -> pages. Imports types, documents, declaration, tables, formats and catalogue."""
