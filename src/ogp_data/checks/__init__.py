"""Staged files, or anybody's catalogue -> findings and scores. Imports models, formats and catalogue."""
