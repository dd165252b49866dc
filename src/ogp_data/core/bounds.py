"""Every bound of what is asked of others: one name, one value, one unit. docs/network.md has the same table."""

from __future__ import annotations

# One answer -----------------------------------------------------------------------------------------------

CATALOGUE_BYTES = 200_000_000
"""Bytes of a catalogue that is held in memory: from an address or standard input, as received and as unpacked."""
LOCAL_BYTES = 2_000_000_000
"""Bytes of a catalogue in a file that is read as a stream, as stored and as unpacked: lines, Turtle or RDF/XML."""
UNPACKED_TIMES = 250
"""How many times its packed size a catalogue may be, once it is longer than `UNPACKED_BYTES`."""
UNPACKED_BYTES = 50_000_000
"""Bytes that a packed catalogue may unpack to, however small it is packed."""
DOCUMENT_BYTES = 200_000_000
"""Bytes of a document that a publication begins with, as received and as unpacked."""
DOCUMENT_SECONDS = 120.0
"""Seconds for the address of such a document, as `ANSWER_SECONDS`."""
CONTEXT_BYTES = 5_000_000
"""Bytes of a JSON-LD context, as received and as unpacked."""
ANSWER_BYTES = 100_000_000
"""Bytes of one answer to a delivery: as received, and as unpacked with `VALUE_BYTES` for each value in it."""
HEAD_BYTES = 262_144
"""Bytes of everything before the body of an answer, and of everything around its chunks."""
ANSWER_SECONDS = 20.0
"""Seconds for an address, from looking up its name to the last byte, with all its redirects."""
DELIVERY_SECONDS = 60.0
"""Seconds for one request of a delivery; what is sent has the time of `UPLOAD_RATE` on top."""
CONNECT_SECONDS = 10.0
"""Seconds for one attempt to connect to one address."""
UPLOAD_RATE = 100_000
"""Bytes a second: at a slower rate a sent file is given up."""
REDIRECTS = 5
"""How often an address may lead to another one."""

# What is in it --------------------------------------------------------------------------------------------

VALUE_BYTES = 60
"""Bytes that each value of JSON counts for beside its own: what Python keeps of it."""
JSON_DEPTH = 100
"""How deep brackets of JSON may be nested."""
NESTING = 500
"""How deep elements or brackets of a catalogue may be nested."""
ATTRIBUTES = 1000
"""Attributes of one element of RDF/XML: its parser compares each with all others of the element."""
STATEMENTS = 6_000_000
"""Statements of a catalogue."""
ALIKE = 25_000
"""Findings by one rule about one property that are told one by one; the others are counted."""
FAULTS = 1000
"""Broken places of a catalogue that are told; what stands behind the last one is not read."""
CONTEXTS = 8
"""Addresses that a JSON-LD document may take its context from, when it may."""

# Many requests --------------------------------------------------------------------------------------------

PAUSE = 0.2
"""Seconds between two addresses of a probe."""
PATIENCE = 3
"""How often a host may leave a probe unanswered before it is left alone."""
ATTEMPTS = 5
"""How often a request of a delivery is made."""
LONGEST_WAIT = 60.0
"""Seconds that are waited for a catalogue before it is asked again; one that asks for more ends the delivery."""
CLOCK_OFF = 600.0
"""Seconds between two clocks from which a token or certificate may be refused for it."""
PAGES = 10_000
"""Pages of a list of datasets, or of a catalogue that comes in pages."""
FOLLOW_SECONDS = 1800.0
"""Seconds for all pages of such a catalogue."""
LISTING_BYTES = 500_000_000
"""Bytes of all pages of a list of datasets."""
