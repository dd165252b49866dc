"""Records of a document, such as commitments: where each begins and ends, what its labels say, what is ticked in it."""
