"""Delivering a package to a catalogue: plan, then apply; each kind of catalogue has its own module."""
