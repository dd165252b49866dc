"""What a rule or a key of a declaration means, for people at a terminal."""

from __future__ import annotations

import difflib
import re

from ogp_data.core.findings import Rule, rules


def index() -> list[str]:
    """Return a line for each rule."""
    return [f"{rule.name:28} {rule.severity:8} {rule.occurs}" for rule in rules().values()]


def explained(name: str) -> list[str]:
    """Return what a rule or key means, in lines; nothing when there is none of that name."""
    return _rule(rules()[name]) if name in rules() else _key(re.sub(r"\[\d*\]", "", name))


def unknown(name: str) -> str:
    """Return that nothing has a name, and what does."""
    near = difflib.get_close_matches(name, rules(), n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "`ogp-data explain` lists all rules"
    return f"there is no rule or key {name!r}; {hint}"


def _rule(rule: Rule) -> list[str]:
    norm = [f"What requires it: {rule.norm}"] if rule.norm else []
    head = f"{rule.name} ({rule.severity}, found by: {rule.engine})"
    return [head, "", f"When it occurs: {rule.occurs}", f"How to fix it: {rule.fix}", *norm]


def _key(name: str) -> list[str]:
    """Return a key with its type and meaning in each file that has it, and the keys of the table that it is."""
    from ogp_data.cli.keys import all_keys  # the nouns are not needed for a rule

    known = [(key.path.replace("[]", ""), file, key) for file, key in all_keys()]
    own = [(file, key) for path, file, key in known if path == name]
    inner = [(file, key) for path, file, key in known if name and path.rpartition(".")[0] == name]
    found = [(f"{key.path} ({key.form}), in {file}", f"  {key.sentence}") for file, key in (*own, *inner)]
    return [line for lines in found for line in lines]
