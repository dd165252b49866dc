"""Questions to whoever sits at the terminal: each with what is taken for Enter, until the answer can be read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from ogp_data.core import terminal
from ogp_data.core.messages import Message, reason, say

STOP = "q"
"""What is typed to ask for no more, and to begin nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what is taken for Enter, and what reads an answer: ValueError says what is wrong in it.

    Where nothing is taken for Enter, the thing is left to be filled in later.
    """

    text: str
    default: str = ""
    read: Callable[[str], str] = str


def is_terminal() -> bool:
    """Return whether somebody is there to be asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def ask(question: Question, language: str) -> str:
    """Return the answer; KeyboardInterrupt where whoever is asked wants no more of it."""
    while True:
        default = f" [{question.default}]" if question.default else ""
        print(terminal.line(f"{say(question.text, language)}{default}: "), end="", flush=True)
        try:
            typed = sys.stdin.readline()
            answer = typed.strip()
            if not typed or answer == STOP:
                raise KeyboardInterrupt
            return question.read(_seen(answer)) if answer else question.default
        except UnicodeDecodeError:
            print(terminal.line("  " + Message("the answer is no text").of(language)))
        except ValueError as fault:
            print(terminal.line(f"  {say(reason(fault), language)}"))


def _seen(answer: str) -> str:
    if not answer.isprintable():
        raise ValueError(Message("the answer has signs that nobody sees, such as those of arrow keys"))
    return answer
