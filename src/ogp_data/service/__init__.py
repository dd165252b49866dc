"""dist/ -> HTTP: reads what is published, and no stage imports it. Imports types, catalogue and site."""
