"""Where the terms of a publication stand, checked: the vocabulary of all publications, and what it declares itself."""

from __future__ import annotations

from collections.abc import Iterator

from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.vocab import OGP, OGP_IS_REGISTERED


def check_vocabulary(declaration: Declaration) -> Iterator[Finding]:
    """Yield what is to be known of the address of the vocabulary, where it is one below which names can be made."""
    address, base = declaration.vocabulary or OGP, declaration.base_iri
    if address.startswith(base) or base.startswith(f"{address}codelists/"):
        message = Message(
            "The vocabulary {address} and the base_iri {base} would name different things alike.",
            address=address,
            base=base,
        )
        yield finding("invalid-address", message, Place(key="vocabulary" if declaration.vocabulary else "base_iri"))
    elif address != OGP:
        message = Message("The terms of this publication stand at {address}, not at {ogp}.", address=address, ogp=OGP)
        yield finding("separate-vocabulary", message, Place(key="vocabulary"))
    elif not OGP_IS_REGISTERED:
        message = Message("The address of the vocabulary, {ogp}, does not lead anywhere yet.", ogp=OGP)
        yield finding("vocabulary-unregistered", message, Place(iri=OGP))


def check_own_terms(declaration: Declaration) -> Iterator[Finding]:
    """Yield the properties that have the name of a class: a term is one of both."""
    classes = {dataset.type for dataset in declaration.dataset if dataset.type.startswith("own:")}
    for index, dataset in enumerate(declaration.dataset):
        for at, column in enumerate(dataset.column):
            if column.rdf in classes:
                message = Message("{rdf!r} is the class of a dataset, and cannot be a property too.", rdf=column.rdf)
                yield finding("duplicate-name", message, Place(key=f"dataset[{index}].column[{at}].rdf"))
