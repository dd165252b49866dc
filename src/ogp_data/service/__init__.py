"""dist/ -> HTTP: reads what is published, and no stage imports it. Imports types and catalogue."""
