"""Engines that check what is staged: each gives findings, all in one form."""
