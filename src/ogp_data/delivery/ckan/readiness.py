"""Whether a catalogue can take the datasets: the organisation, the rights of the token, and its schema."""

from __future__ import annotations

from ogp_data.core.messages import Message, listed
from ogp_data.delivery.ckan import flavours
from ogp_data.delivery.ckan.answers import ORGANISATIONS, SCHEMA, Organisation
from ogp_data.delivery.ckan.api import TOLD, Api
from ogp_data.delivery.ckan.flavours import Flavour
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.http import Answer, clock_hint
from ogp_data.delivery.reading import part


def check_target(api: Api, flavour: Flavour, anonymous: bool) -> None:
    """Raise a DeliveryError for a catalogue that cannot take datasets; without a token no rights are asked for."""
    if anonymous:
        _check_organisation(api)
    else:
        _check_rights(api)
    _check_schema(api, flavour)


def _check_rights(api: Api) -> None:
    mine = api.get("organization_list_for_user", {"permission": "create_dataset"})
    names = {one.get("name") for one in _organisations(api, mine)}
    if api.target.organisation not in names:
        _tell_organisation(api, clock_hint(mine))


def _check_organisation(api: Api) -> None:
    name = api.target.organisation
    if api.get("organization_show", {"id": name}).status == 404:
        raise DeliveryError(
            "unknown-target-organisation", Message("The catalogue has no organisation {name!r}.", name=name)
        )


def _organisations(api: Api, answer: Answer) -> list[Organisation]:
    result = api.result(answer, "organization_list_for_user")
    about = Message("What organization_list_for_user gives at {url} is not a list of organisations", url=api.target.url)
    return ORGANISATIONS.read(result, about)


def _tell_organisation(api: Api, hint: str) -> None:
    """CKAN answers a token that it does not know as it answers nobody: without an organisation."""
    _check_organisation(api)
    mine = api.get("organization_list_for_user", {"permission": "read"})
    known = any(_organisations(api, mine))
    who = Message("The token") if known else Message("The token is not known, or")
    message = Message(
        "{who} does not have permission to create datasets in the organisation {organisation!r}.",
        who=who,
        organisation=api.target.organisation,
    )
    raise DeliveryError("target-token-refused", message, hint)


def _check_schema(api: Api, flavour: Flavour) -> None:
    """Check whether ckanext-scheming has the fields of the flavour, or none where they go as extras."""
    accepted = TOLD | {400}
    answer = api.get("scheming_dataset_schema_show", {"type": "dataset"}, accepted)
    found = part(answer.json, "result") if answer.status == 200 else None
    schema = SCHEMA.read(found or {}, Message("What scheming_dataset_schema_show gives is not a schema"))
    known = {field["field_name"] for field in schema.get("dataset_fields", ()) if "field_name" in field}
    lacking = sorted(flavour.schema_fields - known)
    if lacking:
        message = Message(
            "The catalogue has no fields {lacking}, which the flavour {flavour} needs.",
            lacking=", ".join(lacking[:5]),
            flavour=api.target.flavour,
        )
        raise DeliveryError("missing-target-plugin", message)
    if flavour.as_extras and known & flavour.managed - flavours.CORE:
        fit = [name for name, one in flavours.FLAVOURS.items() if one.schema_fields and one.schema_fields <= known]
        message = Message("The catalogue has its own schema, and does not accept its fields as extras.")
        hint = Message("Set flavour = {fit} in the target.", fit=listed(map(repr, fit), Message(" or "))) if fit else ""
        raise DeliveryError("missing-target-plugin", message, hint)
