"""What publications share, as data: the lists of values. Imports core."""
