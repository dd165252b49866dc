"""TOML -> Publication, or findings with file and key. Imports the rooms whose words it checks: documents and tables."""
