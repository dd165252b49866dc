"""Published nouns -> pages. Imports types, documents, declaration, tables, formats, catalogue and collection."""
