"""Tables -> files: CSV, linked data, CSVW, spreadsheets, Parquet, SQLite and the archive. Imports types and tables."""
