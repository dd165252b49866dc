"""What a short declaration says of the publication as a whole -> the keys of the long form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ogp_data.core.messages import Message
from ogp_data.declaration.naming import LANGUAGE_CODES
from ogp_data.declaration.short.work import SITE, Table, Work
from ogp_data.models.countries import country_name
from ogp_data.models.languages import eu_code

_YEARS = re.compile(r"([0-9]{4})(?:\W{1,3}([0-9]{4}))?")
_SHARED = {"languages": "page_languages"}
"""What a key of site.toml is called in a declaration, where that is another name."""
_PAGES = ["nl", "en"]
_NO_YEAR, _NO_LANGUAGE = "0001", "UND"
"""What stands for years and a language that are still to be said, so that nothing else is told of them."""
_PLAN = Message("Write the years of the plan, such as 2020-2022.")
_PLAN_OR_PERIOD = Message("Write the years in full, such as 2020-2022, or say `start` and `end` under `temporal`.")
_CODE_OR_NAMES = Message(
    "Write a code of the EU country table, such as NLD, or the country's name in each language of the pages."
)


def begin(said: Table, work: Work) -> None:
    """Let the work know the languages of the pages, the country and the plan, with which texts are made."""
    languages = said.get("page_languages", work.given.site.get("languages", _PAGES))
    work.languages = [one for one in languages if isinstance(one, str)] if isinstance(languages, list) else _PAGES
    work.country = _names(said, work)
    plan = said.get("plan")
    work.plan = plan if isinstance(plan, str) else ""
    work.further = list(_further(said))


def _further(said: Table) -> Iterator[str]:
    """Yield the languages of the files of the source beside that of the publication, each once."""
    source = said.get("source")
    files = source.get("files") if isinstance(source, dict) else None
    languages = [one.get("language") for one in files if isinstance(one, dict)] if isinstance(files, list) else []
    own = said.get("language")
    yield from dict.fromkeys(one for one in languages if isinstance(one, str) and one and one != own)


def head(said: Table, work: Work) -> dict[str, Any]:
    """Return the keys of the publication in the long form: as said, as site.toml says, or as the model does."""
    own = {key: value for key, value in said.items() if key not in ("datasets", "dataset")}
    shared = dict(_of_site(said, work))
    derived = dict(_derived(said, work))
    return {**_of_model(own, work), **derived, **shared, **own, **_parts(own, work), **_country(said, work)}


def _country(said: Table, work: Work) -> dict[str, Any]:
    """Return the names of a country of which the declaration says the code."""
    return {"country": dict(work.country) or None} if isinstance(said.get("country"), str) else {}


def _names(said: Table, work: Work) -> Mapping[str, str]:
    """Return what the country is called in each language of the pages."""
    country = said.get("country")
    if isinstance(country, dict):
        return {language: name for language, name in country.items() if isinstance(name, str)}
    if not isinstance(country, str):
        return {}
    countries = work.given.lists["country"]
    if known := countries.of_code(country):
        return {language: country_name(known, language) for language in work.languages}
    near = ", ".join(f"{one.code} ({one.en})" for one in countries.nearest(country))
    names = ", ".join(f"{tag} = {json.dumps(country, ensure_ascii=False)}" for tag in work.languages)
    own = Message(
        "{code_or_names} For example: country = {names}", code_or_names=_CODE_OR_NAMES, names=f"{{ {names} }}"
    )
    hint = Message("Did you mean {near}?", near=near) if near else own if country else _CODE_OR_NAMES
    work.fault("unknown-code", "country", Message("There is no country {country!r}.", country=country), hint)
    return {}


def _of_site(said: Table, work: Work) -> Iterator[tuple[str, Any]]:
    """Yield what all publications share and this one does not say itself."""
    name = said.get("id")
    for key, value in work.given.site.items():
        own = _SHARED.get(key, key)
        if own not in said:
            work.wrote(own, key, SITE)
            yield own, value.replace("{id}", name) if isinstance(value, str) and isinstance(name, str) else value


def _derived(said: Table, work: Work) -> Iterator[tuple[str, Any]]:
    """Yield what follows from country, plan, day of issue and language."""
    country, plan, language = said.get("country"), work.plan, said.get("language")
    if isinstance(country, str) and "spatial" not in said:
        work.wrote("spatial", "country")
        yield "spatial", [country] if work.country else []  # of a country that there is not, that alone is told
    elif isinstance(country, dict) and "spatial" not in said:
        work.wrote("spatial", "country")  # of a country without a code, that is where a place is missing
    if (years := _YEARS.fullmatch(plan)) and "temporal" not in said:
        work.wrote("temporal", "plan")
        yield "temporal", {"start": years[1], "end": years[2] or years[1]}
    elif said.get("plan") == "":
        work.fault("missing-key", "plan", Message("The plan has not been filled in."), _PLAN)
        yield "temporal", said.get("temporal", {"start": _NO_YEAR})
    elif plan and "temporal" not in said:
        work.fault(
            "invalid-date", "plan", Message("The plan {plan!r} does not say its years.", plan=plan), _PLAN_OR_PERIOD
        )
        yield "temporal", {"start": _NO_YEAR}
    if "issued" in said and "modified" not in said:
        work.wrote("modified", "issued")
        yield "modified", said["issued"]
    if isinstance(language, str) and "languages" not in said:
        work.wrote("languages", "language")
        yield "languages", [eu_code(one, work.given.lists) or _NO_LANGUAGE for one in (language, *work.further)]


def _of_model(own: Table, work: Work) -> dict[str, Any]:
    """Return what the model says of every publication, and this one does not say itself."""
    defaults = work.defaults
    return {key: _said(value, work) for key, value in defaults.items() if key not in own and _can_be_said(value, own)}


def _parts(own: Table, work: Work) -> dict[str, Any]:
    """Return the tables of a publication of which the model says what is not said."""
    defaults = work.defaults
    both = {key for key, value in defaults.items() if isinstance(own.get(key), dict) and _is_group(value)}
    return {
        key: {**{name: _said(v, work) for name, v in defaults[key].items() if _can_be_said(v, own)}, **own[key]}
        for key in both
    }


def _said(value: Any, work: Work) -> Any:
    """Return a default with its texts in the languages of the pages."""
    if _is_group(value):
        return {key: _said(inner, work) for key, inner in value.items()}
    return work.text(value) if isinstance(value, dict) else value


def _is_group(value: object) -> bool:
    """Return whether a default is a table of several keys, and no text by language."""
    return isinstance(value, dict) and not value.keys() <= LANGUAGE_CODES


def _can_be_said(value: object, own: Table) -> bool:
    """Return whether all that a default is filled in with is said; where that is wrong, it alone is told."""
    text = str(value)
    return all(f"{{{key}}}" not in text or key in own for key in ("country", "plan"))
