"""The commands: each with its options and what it does with them, pairs that do nearly the same in one file."""
