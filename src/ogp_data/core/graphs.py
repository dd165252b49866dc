"""The named graphs of a publication, which the query page and the SPARQL endpoint both answer from."""

from __future__ import annotations

from collections.abc import Container


def graph_name(path: str, datasets: Container[str]) -> str:
    """Return the name, below the base IRI, of the graph that a file of a publication is; empty when it is none.

    A dataset's rows are the graph with the dataset's own name, the catalogue's is `catalog`; provenance and code lists
    have the names of their files. Earlier versions and reports are no part of it.
    """
    if path == "catalog.nt":
        return "catalog"
    folder, _, name = path.rpartition("/")
    if folder in datasets and name == f"{folder}.ttl":
        return folder
    is_other = (folder in datasets and name == f"{folder}.prov.ttl") or folder == "codelists"
    return path if is_other and name.endswith(".ttl") else ""
