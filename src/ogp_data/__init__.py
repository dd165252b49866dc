"""Publishes a government's open government action plan and self-assessment as open data."""

__version__ = "0.1.0"
