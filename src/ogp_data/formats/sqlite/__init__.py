"""All tables of a publication -> one SQLite database (https://www.sqlite.org/fileformat2.html).

Names come from the declaration; `-` becomes `_`, so that no name needs quotes. A list stands in its cell as in the
CSV and, for joins, in a table of its own, whose name begins with `_`: programs that show a database, such as Datasette,
leave such tables out of the list. What the columns mean and where the data come from is in the database.
"""

from ogp_data.formats.sqlite.database import to_sqlite

__all__ = ["to_sqlite"]
