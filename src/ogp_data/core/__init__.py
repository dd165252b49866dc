"""Nouns and tools that know no stage: findings, places, texts, names, triples, files, the web. Imports no room."""
