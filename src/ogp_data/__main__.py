"""`python -m ogp_data` is the same as `ogp-data`."""

from ogp_data.cli.main import main

raise SystemExit(main())
