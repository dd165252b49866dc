"""`python -m ogp_data` is the same as `ogp-data`."""

from ogp_data.cli import main

raise SystemExit(main())
