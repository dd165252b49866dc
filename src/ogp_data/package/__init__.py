"""Staged files -> dist/, all or nothing, durable. Imports core."""
