"""The elements and attributes of HTML, as the HTML Standard lists them in its indices and as obsolete features.

Source of the facts: https://html.spec.whatwg.org. What stands between < and > and is no tag is text:
`<b.v. een enquête>`, `<i dat staat er>`.
"""

from __future__ import annotations

from collections.abc import Iterable

_OF_ALL = """
accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts
headingoffset headingreset hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce
onabort onafterprint onauxclick onbeforeinput onbeforematch onbeforeprint onbeforetoggle onbeforeunload onblur
oncancel oncanplay oncanplaythrough onchange onclick onclose oncommand oncontextlost oncontextmenu
oncontextrestored oncopy oncuechange oncut ondblclick ondrag ondragend ondragenter ondragleave ondragover
ondragstart ondrop ondurationchange onemptied onended onerror onfocus onformdata onhashchange oninput oninvalid
onkeydown onkeypress onkeyup onlanguagechange onload onloadeddata onloadedmetadata onloadstart onmessage
onmessageerror onmousedown onmouseenter onmouseleave onmousemove onmouseout onmouseover onmouseup onoffline
ononline onpagehide onpagereveal onpageshow onpageswap onpaste onpause onplay onplaying onpopstate onprogress
onratechange onrejectionhandled onreset onresize onscroll onscrollend onsecuritypolicyviolation onseeked
onseeking onselect onslotchange onstalled onstorage onsubmit onsuspend ontimeupdate ontoggle
onunhandledrejection onunload onvolumechange onwaiting onwheel part popover role slot spellcheck style tabindex
title translate writingsuggestions xml:lang xmlns
"""
"""The attributes that every element may have."""

_BARE = """
allowfullscreen alpha async autofocus autoplay checked compact controls declare default defer disabled
formnovalidate headingreset hidden inert ismap itemscope loop multiple muted nohref nomodule noresize noshade
novalidate nowrap open playsinline popover readonly required reversed selected shadowrootclonable
shadowrootdelegatesfocus shadowrootserializable truespeed typemustmatch
"""
"""The attributes that say something without a value."""

_PLAIN = """
abbr acronym address article aside b bdi bdo big blink center cite code datalist dd dfn dt em figcaption figure
footer header hgroup i image kbd listing main mark multicol nav nextid nobr noembed noframes noscript picture
plaintext rb rp rt rtc ruby s samp search section small spacer strike strong sub summary sup title tt u var wbr
xmp
"""
"""The elements that have no attributes of their own."""

_RICH = """
a: charset coords datafld datasrc download href hreflang methods name ping referrerpolicy rel rev shape target
    type urn
applet: align alt archive code codebase datafld datasrc height hspace name object vspace width
area: alt coords download href hreflang nohref ping referrerpolicy rel shape target type
audio: autoplay controls crossorigin height loading loop muted playsinline poster preload src width
base: href target
basefont: color face size
bgsound: balance loop src volume
blockquote: cite
body: alink background bgcolor bottommargin leftmargin link marginheight marginwidth rightmargin text topmargin
    vlink
br: clear
button: command commandfor datafld dataformatas datasrc disabled form formaction formenctype formmethod
    formnovalidate formtarget name popovertarget popovertargetaction type value
canvas: height width
caption: align
col: align char charoff span valign width
colgroup: align char charoff span valign width
data: value
del: cite datetime
details: name open
dialog: closedby open
dir: compact
div: align datafld dataformatas datasrc
dl: compact
embed: align height hspace name src type vspace width
fieldset: datafld disabled form name
font: color face size
form: accept accept-charset action autocomplete enctype method name novalidate rel target
frame: datafld datasrc frameborder longdesc marginheight marginwidth name noresize scrolling src
frameset: cols rows
h1: align
h2: align
h3: align
h4: align
h5: align
h6: align
head: profile
hr: align color noshade size width
html: manifest version
iframe: align allow allowfullscreen allowtransparency datafld datasrc frameborder framespacing height hspace
    loading longdesc marginheight marginwidth name referrerpolicy sandbox scrolling src srcdoc vspace width
img: align alt border crossorigin datafld datasrc decoding fetchpriority height hspace ismap loading longdesc
    lowsrc name referrerpolicy sizes src srcset usemap vspace width
input: accept align alpha alt autocomplete border checked colorspace datafld dataformatas datasrc dirname
    disabled form formaction formenctype formmethod formnovalidate formtarget height hspace ismap list max
    maxlength min minlength multiple name pattern placeholder popovertarget popovertargetaction readonly
    required size src step type usemap value vspace width
ins: cite datetime
isindex: action prompt
keygen: autofocus challenge disabled form keyparams keytype name
label: datafld dataformatas datasrc for
legend: align datafld dataformatas datasrc
li: type value
link: as blocking charset color crossorigin disabled fetchpriority href hreflang imagesizes imagesrcset
    integrity media methods referrerpolicy rel rev sizes target type urn
map: name
marquee: behavior bgcolor datafld dataformatas datasrc direction height hspace loop scrollamount scrolldelay
    truespeed vspace width
menu: compact label type
menuitem: checked command default disabled icon label radiogroup type
meta: charset content http-equiv media name property scheme
meter: high low max min optimum value
object: align archive border classid code codebase codetype data datafld dataformatas datasrc declare form
    height hspace name standby type typemustmatch usemap vspace width
ol: compact reversed start type
optgroup: disabled label
option: datafld dataformatas datasrc disabled label name selected value
output: for form name
p: align
param: datafld name type value valuetype
pre: width
progress: max value
q: cite
script: async blocking charset crossorigin defer event fetchpriority for integrity language nomodule
    referrerpolicy src type
select: autocomplete datafld dataformatas datasrc disabled form multiple name required size
slot: name
source: height media sizes src srcset type width
span: datafld dataformatas datasrc
style: blocking media type
table: align background bgcolor border bordercolor cellpadding cellspacing datafld dataformatas datapagesize
    datasrc frame height rules summary width
tbody: align background bgcolor bordercolor char charoff height valign
td: abbr align axis background bgcolor bordercolor char charoff colspan headers height nowrap rowspan scope
    valign width
template: shadowrootclonable shadowrootdelegatesfocus shadowrootmode shadowrootserializable
textarea: autocomplete cols datafld datasrc dirname disabled form maxlength minlength name placeholder readonly
    required rows wrap
tfoot: align background bgcolor bordercolor char charoff height valign
th: abbr align axis background bgcolor bordercolor char charoff colspan headers height nowrap rowspan scope
    valign width
thead: align background bgcolor bordercolor char charoff height valign
time: datetime
tr: align background bgcolor bordercolor char charoff height valign
track: default kind label src srclang
ul: compact type
video: autoplay controls crossorigin height loading loop muted playsinline poster preload src width
"""
"""The other elements, each with its own attributes; a line that is indented goes on with the element above."""


def _own() -> dict[str, frozenset[str]]:
    entries = (line.split(":", 1) for line in _RICH.replace("\n    ", " ").split("\n") if line)
    return {name: frozenset() for name in _PLAIN.split()} | {name: frozenset(own.split()) for name, own in entries}


_ELEMENTS = _own()
_GLOBAL = frozenset(_OF_ALL.split())
_BOOLEAN = frozenset(_BARE.split())

SPOKEN = frozenset(
    {"abbr", "alt", "aria-label", "content", "label", "placeholder", "standby", "summary", "title", "value"}
)
"""The attributes whose value is meant to be read by people."""


VOID = frozenset(
    {"area", "base", "basefont", "bgsound", "col", "embed", "frame", "hr", "img", "image", "input", "keygen", "link"}
    | {"meta", "param", "source", "spacer", "track", "wbr"}
)
"""The elements that hold no text."""


def is_element(name: str) -> bool:
    """Return whether HTML has an element of this name, in use or obsolete."""
    return name.lower() in _ELEMENTS


def is_tag(name: str, attributes: Iterable[tuple[str, str | None]], closing: bool = False) -> bool:
    """Return whether a name with these attributes is a tag of HTML; words in the place of attributes are none."""
    given = [(key.lower(), value) for key, value in attributes]
    if not is_element(name) or (closing and given):
        return False
    return all(_is_attribute(name.lower(), key, value is not None) for key, value in given)


def _is_attribute(element: str, name: str, valued: bool) -> bool:
    """Return whether an attribute is HTML's own; without a value, only where that says something."""
    if name.startswith(("data-", "aria-")):
        return len(name) > len("data-")
    known = name in _GLOBAL or name in _ELEMENTS[element]
    return known and (valued or name in _BOOLEAN)
