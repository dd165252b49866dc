"""What each publication hands over -> data over all of them. Imports core, formats, models, tables and types."""
