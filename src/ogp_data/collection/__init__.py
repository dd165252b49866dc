"""What each publication hands over -> what is over all of them, as data. Imports core, formats, models, tables and types."""
