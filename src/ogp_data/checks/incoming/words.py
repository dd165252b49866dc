"""What parsers say of a text that they cannot read, in the words of this program where it knows theirs."""

from __future__ import annotations

import re

from ogp_data.core import terminal
from ogp_data.core.messages import Message

_POSITION = re.compile(r"Parser error (?:at|between) .*?: |\(line \d+\)\s*\Z", re.DOTALL)
_UNDECLARED = Message("the prefix {name}: is not declared", name="")
_NO_SUBJECT = Message("{word} stands where a subject belongs", word="")
_KNOWN = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        # expat
        ("unclosed token", Message("a tag is not closed")),
        ("no element found", Message("the text ends before all elements are closed")),
        ("mismatched tag", Message("a tag closes another element than the one that is open")),
        (r"not well-formed \(invalid token\)", Message("there is a character that may not stand here")),
        ("junk after document element", Message("something follows the end of the outermost element")),
        ("duplicate attribute", Message("an element has the same attribute twice")),
        ("undefined entity", Message("an entity is used that is not declared")),
        ("unclosed CDATA section", Message("a CDATA section is not closed")),
        ("partial character", Message("the text ends within a character")),
        ("XML or text declaration not at start of entity", Message("the XML declaration is not at the very start")),
        # The parser of RDF
        ("A dot is expected at the end of.*|Triples must be followed by a dot", Message("a dot is missing at the end")),
        ("Unexpected end.*", Message("the text ends too early")),
        (r"(?:The|Unknown) prefix (?P<name>\S*?):?(?: has not been declared)?", _UNDECLARED),
        (r"(?P<word>\S+) is not a valid subject or graph name", _NO_SUBJECT),
        (r"(?P<word>\S+) is not a valid RDF object", Message("{word} is no value", word="")),
        ("The subject of a triple must be.*", Message("no IRI or blank node stands where a subject belongs")),
        ("The object of a triple must be.*", Message("no IRI, blank node or text stands where a value belongs")),
        (r"blank node property lists should end with a '\]'", Message("a bracket [ is not closed")),
        (r"(?P<word>\S+) is not a valid rdf:ID value", Message("{word} may not be an rdf:ID", word="")),
        ("Unexpected text event: .*", Message("a text stands where only elements may stand")),
        ("Unexpected node, a text value is already present", Message("an element stands in a text")),
        ("Object keys must be strings", Message("a key is not in double quotes, or a comma is too many")),
        ("Object values must be followed by a comma.*", Message("a comma or a curly bracket is missing")),
        ("Array values must be followed by a comma.*", Message("a comma or a square bracket is missing")),
        (r"(?P<word>@\w+) value must be a string", Message("the value of {word} must be a text", word="")),
    )
)


def reason_of(fault: object) -> Message:
    """Return what a parser says, without its own position; words that are not known are quoted as the parser's."""
    words = plain(_POSITION.sub("", str(fault))).rstrip(".")
    for pattern, said in _KNOWN:
        if match := pattern.fullmatch(words):
            return Message(said.msgid, **match.groupdict())
    return Message("the parser says “{words}”", words=words)


def plain(fault: object, longest: int = 240) -> str:
    """Return words of others on one line, not too long."""
    line = terminal.line(" ".join(str(fault).split()))
    return line if len(line) <= longest else line[:longest].rstrip() + "..."
