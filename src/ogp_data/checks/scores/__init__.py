"""How good a catalogue's metadata is, by the scores that portals use. Any DCAT file can be scored, not only ours."""
