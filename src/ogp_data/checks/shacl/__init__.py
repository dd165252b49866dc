"""SHACL: shapes compiled, evaluated over the columns of a graph, and told as findings or as a report."""

from ogp_data.checks.shacl.former import (
    Labels as Labels,
)
from ogp_data.checks.shacl.former import (
    Places as Places,
)
from ogp_data.checks.shacl.former import (
    ShapesError as ShapesError,
)
from ogp_data.checks.shacl.former import (
    called as called,
)
from ogp_data.checks.shacl.former import (
    check_shapes as check_shapes,
)
from ogp_data.checks.shacl.former import (
    curie as curie,
)
from ogp_data.checks.shacl.former import (
    has_target as has_target,
)
from ogp_data.checks.shacl.former import (
    load_shapes as load_shapes,
)
from ogp_data.checks.shacl.former import (
    parse_shapes as parse_shapes,
)
from ogp_data.checks.shacl.former import (
    property_labels as property_labels,
)
from ogp_data.checks.shacl.former import (
    shown as shown,
)
from ogp_data.checks.shacl.former import (
    without_dangling as without_dangling,
)
