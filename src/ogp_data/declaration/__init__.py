"""TOML -> Publication, or findings with file, key and line. Imports types, models, documents and tables."""
