"""SHACL: shapes compiled, evaluated over the columns of a graph, and their results told as findings."""

from ogp_data.checks.shacl.engine import Result as Result
from ogp_data.checks.shacl.engine import ShapesError as ShapesError
from ogp_data.checks.shacl.findings import check_shapes as check_shapes
from ogp_data.checks.shacl.findings import told as told
from ogp_data.checks.shacl.mending import Meant as Meant
from ogp_data.checks.shacl.outcome import Outcome as Outcome
from ogp_data.checks.shacl.outcome import validate as validate
from ogp_data.checks.shacl.reading import has_target as has_target
from ogp_data.checks.shacl.reading import load_shapes as load_shapes
from ogp_data.checks.shacl.reading import parse_shapes as parse_shapes
from ogp_data.checks.shacl.reading import property_labels as property_labels
from ogp_data.checks.shacl.reading import property_sentences as property_sentences
from ogp_data.checks.shacl.reading import without_dangling as without_dangling
