"""A parser of command lines that says its help, and what is wrong with an order, in a language."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any

from ogp_data.core.messages import SOURCE, Message, catalogue, reason, say, translated

OWN = (
    Message("usage: "),
    Message("positional arguments"),
    Message("options"),
    Message("show this help message and exit"),
    Message("show program's version number and exit"),
    Message("argument %(argument_name)s: %(message)s"),
    Message("the following arguments are required: %s"),
    Message("unrecognized arguments: %s"),
    Message("expected one argument"),
    Message("expected at least one argument"),
    Message("expected at most one argument"),
    Message("ignored explicit argument %r"),
    Message("ambiguous option: %(option)s could match %(matches)s"),
    Message("invalid %(type)s value: %(value)r"),
    Message("invalid choice: %(value)r (choose from %(choices)s)"),
    Message("%(prog)s: error: %(message)s\n"),
)
"""What argparse itself says of our commands, in its words; the rest is for who writes parsers."""


class Parser(argparse.ArgumentParser):
    """A parser whose help is in a language; what it is given to say are messages."""

    def __init__(self, language: str = SOURCE, **options: Any) -> None:
        """Say the description and the epilog in the language."""
        self.language = language
        told = {name: say(options[name], language) for name in ("description", "epilog") if options.get(name)}
        super().__init__(**{**options, **told})

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """Add an option, whose help is a message, and perhaps what stands for its value."""
        if options.get("help"):
            options["help"] = say(options["help"], self.language)
        # A placeholder such as URL may also be the title of a column, which the catalogues have in other words.
        if isinstance(placeholder := options.get("metavar"), Message):
            options["metavar"] = placeholder.of(self.language)
        if callable(read := options.get("type")):
            options["type"] = self._told(read)
        return super().add_argument(*names, **options)

    def _told(self, read: Callable[[str], object]) -> Callable[[str], object]:
        """Return what reads a value, and says in the language why it cannot."""

        @wraps(read)
        def told(text: str) -> object:
            try:
                return read(text)
            except argparse.ArgumentTypeError as fault:
                raise argparse.ArgumentTypeError(say(reason(fault), self.language)) from None

        return told

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Return what a command is given, wherever its options stand, as in `new ID --yes DOCUMENT`.

        By itself argparse takes `DOCUMENT` for one too many as soon as an option has ended what may be left out.
        """
        if self._subparsers is not None:
            return super().parse_known_args(args, namespace)
        said, rest = self._options_alone().parse_known_args(args, namespace)
        return super().parse_known_args(rest, said)

    def _options_alone(self) -> argparse.ArgumentParser:
        """Return what reads the options of a command and leaves all else, with what follows `--`, as it stands."""
        alone = argparse.ArgumentParser(add_help=False)
        alone.error = self.error  # type: ignore[method-assign]  # told with the usage of the whole command
        for action in self._get_optional_actions():
            if not isinstance(action, argparse._HelpAction):
                alone._add_action(action)
        return alone

    def subparsers(self, title: str, named: str) -> argparse._SubParsersAction[Parser]:
        """Return what commands are added to: parsers in the same language."""
        # Whatever makes a parser is taken, not only a class as its type says.
        make: Any = partial(Parser, self.language)
        made: argparse._SubParsersAction[Parser] = self.add_subparsers(
            title=title, required=True, metavar=named, dest="command", parser_class=make
        )
        return made


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let argparse say its own texts in a language, as long as it parses.

    It looks them up by the names under which it imported gettext's functions; the files that those would read are
    found by the environment, and are compiled catalogues, which an installation has none of.
    """
    module: Any = argparse
    before = module._, module.ngettext
    module._ = lambda text: translated(text, language)
    module.ngettext = lambda one, many, number: catalogue(language).ngettext(one, many, number)
    try:
        yield
    finally:
        module._, module.ngettext = before
