"""The static site: pages for people, written beside the data."""
