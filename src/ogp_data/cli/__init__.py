"""The command line, and the reference pages made of it: with the pipeline, the only ones that know all rooms."""
