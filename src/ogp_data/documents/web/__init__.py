"""Pages of the web: what a browser shows of them."""
