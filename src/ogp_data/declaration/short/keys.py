"""The keys that only the short form of a declaration has; all others are those of the long one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ogp_data.core.words import WordLists, Words

DATASETS = "datasets"
COLUMNS = "columns"

Said = bool | str | dict[str, Any]
"""What is said of a column: that it is there or not, its verb, or several keys."""

OF_A_DATASET: Mapping[str, tuple[Any, str]] = {
    "class": (str, "The class of its rows, with its prefix; absent: the model's, or `own:` and the dataset's name."),
    "title": (Words, "Title of the dataset; absent: the model's, with country and plan. A dataset of its own has one."),
    "description": (Words, "Description of the dataset; absent: the model's. A dataset of its own has one."),
    "keywords": (WordLists, "Keywords of this dataset; absent: the model's."),
    "rows": (int, "How many rows there must be; see `dataset[].rows`."),
    "optional": (bool, "Whether the document may have no row of it; see `dataset[].optional`."),
    "find": (dict, "Where its rows are found, as in `dataset[].find`: what is not said is as the model says it."),
    "find_in": (dict, "By language, the keys of `find` that are others in the files of a further language."),
    COLUMNS: (dict, "What is said of its columns, each by its name."),
}
"""Key of `datasets.NAME` -> its type, and what it says."""

OF_A_COLUMN: tuple[Any, str] = (
    Said,
    "A column of the model, or one of the publication's own: `true`, its verb, a table of the keys of"
    " `dataset[].column[]`, or `false` to leave it out.",
)
