"""What each publication hands over -> data over all of them.

Imports catalogue, core, formats, models, tables and types.
"""
