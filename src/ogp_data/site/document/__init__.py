"""Document + claims -> the document as people look at it, in leaves, each piece of text with what took it."""
