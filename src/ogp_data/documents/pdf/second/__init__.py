"""A second reading of a PDF, by another library: where it says something else than the first, the steward is told.

Neither reading is believed more than the other: what is published is the first, and the differences stay in the build.
"""
