"""The type `agent`: organisations."""

from __future__ import annotations

from ogp_data.core.messages import Message
from ogp_data.types.base import About, Fault, Setting, Shown, Texts, TextType, Written


class Agent(TextType):
    """Organisations of agents.toml, by their IRI."""

    about = About(
        name="agent",
        holds="an organisation of `agents.toml`, named by its `id` and published as its IRI",
        label=Message("identifier (IRI)"),
        in_csv=Message(
            "the IRI of an organisation: that of the TOOI register where it has one, else one of the publication's own"
        ),
        names="agents",
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the IRI of the organisation that an id names, or what is written where it names none."""
        agent = setting.publication.shared.agents.get(written.text)
        return setting.publication.names.agent(agent) if agent else written.text

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return that no such organisation is known."""
        if text in setting.agents:
            return None
        known = ", ".join(setting.publication.shared.agents)
        return Fault(
            "unknown-code",
            Message("agents.toml has no {text!r}.", text=text[:80]),
            Message("It has {known}.", known=known),
        )

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the name of the organisation, which leads to it."""
        agent = setting.agents.get(text)
        return Shown(text, agent.name if agent else None, text)

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `anyURI`."""
        return "anyURI"
