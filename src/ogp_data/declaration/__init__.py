"""TOML -> Publication, or findings with file and key. Imports types, models, documents and tables."""
