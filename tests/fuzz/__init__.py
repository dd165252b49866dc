"""What keeps searching: inputs made by chance for each way into the program, and what must hold whatever they are.

`make fuzz TIME=10m` runs it. What it finds is a file of `tests/corpus/`, which `test_corpus.py` tries from then on.
"""
