"""What people trip over who describe data: rules that no shape has, each a function from a catalogue to findings."""
