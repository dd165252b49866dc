"""What a rule or a key of a declaration means, for people at a terminal."""

from __future__ import annotations

import re

from ogp_data.core.findings import SEVERITIES, Rule, rules, sentence
from ogp_data.core.messages import Message, say
from ogp_data.core.near import Near


def index(language: str) -> list[str]:
    """Return a line for each rule, in a language."""
    return [f"{rule.name:28} {_severity(rule, language):8} {say(rule.occurs, language)}" for rule in rules().values()]


def explained(name: str, language: str) -> list[str]:
    """Return what a rule or key means, in lines, a rule in a language; nothing when there is none of that name."""
    if name in rules():
        return _rule(rules()[name], language)
    from ogp_data.cli import model  # the model is not needed for a rule

    steps = re.sub(r"\[\d*\]", "", name).split(".")
    return model.explained(steps, language) or _key(model.as_key(steps))


def unknown(name: str) -> str:
    """Return that nothing has a name, and what does."""
    from ogp_data.cli import model
    from ogp_data.cli.keys import all_keys

    keys = (key.path.replace("[]", "") for _, key in all_keys())
    if near := Near((one, (one,)) for one in (*rules(), *keys, *model.names())).of(name):
        return Message("there is no rule or key {name!r}; did you mean {near}?", name=name, near=", ".join(near))
    return Message("there is no rule or key {name!r}; `ogp-data explain` lists all rules", name=name)


def _rule(rule: Rule, language: str) -> list[str]:
    norm = [Message("What requires it: {norm}", norm=sentence(rule)).of(language)] if rule.norm else []
    told = {"rule": rule.name, "severity": _severity(rule, language), "engine": rule.engine}
    head = Message("{rule} ({severity}, found by: {engine})", **told)
    occurs = Message("When it occurs: {occurs}", occurs=say(rule.occurs, language))
    fix = Message("How to fix it: {fix}", fix=say(rule.fix, language))
    house = Message("It is asked of publications of this project only; no other catalogue is wrong by it.").of(language)
    return [head.of(language), "", occurs.of(language), fix.of(language), *norm, *([house] if rule.house else [])]


def _severity(rule: Rule, language: str) -> str:
    return SEVERITIES[rule.severity].of(language)


def _key(name: str) -> list[str]:
    """Return a key with its type and meaning in each file that has it, and the keys of the table that it is."""
    from ogp_data.cli.keys import all_keys  # the nouns are not needed for a rule

    known = [(key.path.replace("[]", ""), file, key) for file, key in all_keys()]
    own = [(file, key) for path, file, key in known if path == name]
    inner = [(file, key) for path, file, key in known if name and path.rpartition(".")[0] == name]
    found = [(f"{key.path} ({key.form}), in {file}", f"  {key.sentence}") for file, key in (*own, *inner)]
    return [line for lines in found for line in lines]
