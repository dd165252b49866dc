"""A query -> its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_FUNCTIONS = """
ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR GROUP_CONCAT HOURS IF IRI
ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW RAND REGEX REPLACE ROUND
SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID
SUBSTR SUM TIMEZONE TZ UCASE URI UUID YEAR
"""
_KEYWORDS = """
SELECT CONSTRUCT DESCRIBE ASK PREFIX BASE DISTINCT REDUCED AS FROM NAMED WHERE OPTIONAL UNION MINUS GRAPH FILTER BIND
VALUES UNDEF GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET NOT EXISTS IN TRUE FALSE SERVICE SILENT SEPARATOR
"""
FUNCTIONS: Final = frozenset(_FUNCTIONS.split())
KEYWORDS: Final = frozenset(_KEYWORDS.split())
PATTERN: Final = r"""(?P<SPACE>[\x20\t\r\n]+|\#[^\r\n]*)
    |(?P<IRI><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<TEXT>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<VARIABLE>[?$]\w+)
    |(?P<LANGUAGE>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<BLANK>_:\w(?:[\w.-]*[\w-])?|\[[\x20\t\r\n]*\])
    |(?P<NIL>\([\x20\t\r\n]*\))
    |(?P<PREFIXED>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%-]|\\.)(?:(?:[\w.:%-]|\\.)*(?:[\w:%-]|\\.))?)?)
    |(?P<NUMBER>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
    |(?P<WORD>[^\W\d_]\w*)
    |(?P<SIGN>\^\^|&&|\|\||[!<>]=|[{}()\[\].;,*/|^!?+=<>-])
    |(?P<STRAY>.)"""
"""What tokens are, with blanks that say nothing; the script of the query page is given it, too."""
_TOKEN = re.compile(PATTERN, re.VERBOSE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind, its text, and where it begins."""

    kind: str
    text: str
    at: int


def tokenised(query: str) -> Iterator[Token]:
    """Yield the tokens of a query, and one of no kind behind the last."""
    for match in _TOKEN.finditer(query):
        kind, text = str(match.lastgroup), match[0]
        if kind == "WORD":
            word = text.upper()
            kind = "A" if text == "a" else "FUNCTION" if word in FUNCTIONS else word if word in KEYWORDS else "WORD"
        elif kind == "SIGN":
            kind = text
        if kind != "SPACE":
            yield Token(kind, text, match.start())
    yield Token("", "", len(query))
