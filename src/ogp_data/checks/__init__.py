"""Staged files, or anybody's catalogue -> findings and scores. Imports formats and catalogue."""
