"""A package -> a catalogue elsewhere: plan, then apply. Imports declaration, which reads TOML."""
