"""What the pages of commitments say, in a language, as HTML: each is looked up and escaped once for all pages."""

from __future__ import annotations

from html import escape

from ogp_data.core.messages import Message, language_name


class Phrases:
    """The texts of one language; `own` is that of the document, of which they speak."""

    def __init__(self, language: str, own: str) -> None:
        """Look up all of them."""

        def said(text: Message) -> str:
            return escape(text.of(language))

        self.colon = said(Message("{label}:", label=""))
        self.in_document = said(Message("{some}, {more}", some=Message("In the document"), more=""))
        self.elsewhere = said(Message("Not in the document, but at"))
        self.what_is_wrong = said(Message("What is wrong here"))
        self.finding = said(Message("finding"))
        self.not_said = said(Message("The text of the document does not say how far the work has got."))
        self.government_writes = said(Message("This is what the government itself writes."))
        self.taken_by_program = said(
            Message("This is what the government itself writes. A program read the status from these words.")
        )
        self.government_judges = said(Message("This is how the government itself judges."))
        named = language_name(own, language)
        self.in_its_language = said(
            Message("Titles, themes and quotations are in {language}, as in the document.", language=named)
        )
        self.not_assessed = said(Message("There is no assessment of this commitment in the data."))
        self.not_promised_here = said(
            Message("The document does not say exactly what was promised. This comes from elsewhere:")
        )
        self.no_text = said(Message("The data has no other text about this commitment."))
        self.parts = said(Message("How far each part is"))
        self.by_part = said(
            Message("The document judges each part of this commitment by itself, and gives no level for the whole.")
        )
        self.not_judged = said(Message("not judged"))
        self.sources = said(Message("Sources mentioned"))
        self.web_address = said(Message("web address"))
        self.no_address = said(Message("None has a web address."))
        self.as_data = said(Message("As data"))
        self.in_short = said(Message("In short"))
        self.theme = said(Message("Theme"))
        self.responsible = said(Message("Who is responsible"))
        self.period = said(Message("Period"))
        self.written_on = said(Message("Written on"))
        self.origin = said(Message("Where this comes from"))
        self.words = said(Message("The words of the document"))
        self.words_lead = said(
            Message("As they appear there, with quotations and errors marked. Each number leads to its place.")
        )
        self.with_markup = said(Message("With the markup of the conversion"))
        self.received = said(Message("This is what was received, character by character."))
        self.wrong_in_document = said(Message("What is wrong in the document here"))
        self.all_data = said(Message("All data on this commitment"))
        self.also_in = said(Message("Also in"))
        self.report = said(Message("Report an error on this page"))
        self.which_part = Message("Which part is wrong?").of(language)
        self.others = said(Message("Other commitments"))
