"""dist/ -> HTTP: reads what is published and knows no stage. Nothing but the command line imports it."""
