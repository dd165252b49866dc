"""The query page tells faults as the service does: its script and the program say the same of the same text."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from ogp_data.core.sparql.faults import explain
from ogp_data.core.sparql.grammar import Part
from ogp_data.site.query_faults import pattern, script
from test_sparql_faults import queries, spoilt
from test_sparql_mistakes import MISTAKES

LANGUAGES = ("nl", "en", "fr")
SEEDS = 150
_RUN = """
globalThis.window = globalThis;
const fs = require("fs");
require("vm").runInThisContext(fs.readFileSync(process.argv[1], "utf-8"));
for (const line of fs.readFileSync(0, "utf-8").split("\\n").filter(Boolean)) {
  const [query, language] = JSON.parse(line);
  console.log(JSON.stringify(ogpExplain(query, language)));
}
"""


def told_in_javascript(folder: Path, asked: Sequence[tuple[str, str]]) -> list[dict[str, object] | None]:
    """Return what the script says of each query in a language."""
    node = shutil.which("node")
    if not node:
        pytest.skip("there is no node")
    (folder / "faults.js").write_bytes(script(LANGUAGES))
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    call = [node, "-e", _RUN, str(folder / "faults.js")]
    done = subprocess.run(call, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def texts() -> list[str]:
    """Return mistakes of people, right queries and spoilt ones, and texts whose letters a script counts otherwise."""
    found = [marked.replace("‸", "") for marked, _ in MISTAKES]
    for seed in range(SEEDS):
        chance = Random(seed)
        tokens = list(queries(chance, Part("rule", "Query")))
        found += [" ".join(tokens), f"PREFIX dct: <http://purl.org/dc/terms/> {spoilt(chance, tokens)}"]
    return [*found, "ASK { ?s ?p '\U0001f600' x }", "ASK {\r\n ?ñ ?p ?q\t} z", "x" * 10_001, "ASK { ?١ ?p ?q } y"]


def test_the_script_says_what_the_program_says(tmp_path: Path) -> None:
    asked = [(text, LANGUAGES[number % 3]) for number, text in enumerate(texts())]
    told = 0
    for (text, language), said in zip(asked, told_in_javascript(tmp_path, asked), strict=True):
        fault = explain(text)
        expected = fault and {"line": fault.line, "column": fault.column, "message": fault.message.of(language)}
        assert said == expected, text
        told += said is not None
    assert told > len(MISTAKES)


def test_the_pattern_of_tokens_has_nothing_that_only_python_knows() -> None:
    assert "(?P<" not in pattern()
    assert "\\w" not in pattern()
    assert "(?<VARIABLE>[?$][\\p{L}\\p{N}_]+)" in pattern()
