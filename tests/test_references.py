"""Quotations copied out of the archive, and links to their place: right in each format, and harmless."""

import json
import re
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from qa.headlines import headline
from qa.live_page import at_quotation, text_directive, web_address
from qa.references import Format, bibtex, csl_json, markdown, plain, reference_as

LIMA = Article(
    "lima",
    "Talks in Lima",
    "The minister met Ana Ruiz.",
    "The Wire",
    date(2021, 12, 1),
    "https://n.example/a",
)
QUOTE = "The minister met Ana Ruiz."
ATTACK = "</b><script>x</script> [a](javascript:x) ![b](c) `d` *e* _f_ $g$ #h \\end{i} {j} k} &lt; ~l ^m %n"


@pytest.mark.parametrize(
    ("title", "source", "shown"),
    [
        ("Talks open in Lima | CNN", "CNN", "Talks open in Lima"),
        ("Talks open in Lima | CNN Business", "CNN", "Talks open in Lima"),
        ("Talks open in Lima - CNNPolitics", "CNN", "Talks open in Lima"),
        ("Talks open in Lima | The Week UK", "The Week", "Talks open in Lima"),
        ("Talks open in Lima | The ...", "The Week", "Talks open in Lima"),
        ("Talks open in Lima - The Washington Post", "Washington Post", "Talks open in Lima"),
        ("Talks open in Lima | Reuters", "", "Talks open in Lima"),
        # What stands there is no outlet's name, or another's behind a mere dash.
        ("Talks open in Lima - and why", "CNN", "Talks open in Lima - and why"),
        ("Talks open in Lima - Reuters", "CNN", "Talks open in Lima - Reuters"),
        ("Talks open in Lima | Fact check", "CNN", "Talks open in Lima | Fact check"),
        ("Lima | CNN", "CNN", "Lima | CNN"),
        ("", "CNN", ""),
    ],
)
def test_a_title_is_shown_without_the_name_of_its_site(title: str, source: str, shown: str) -> None:
    assert headline(title, source) == shown
    assert f"“{shown}”" in plain(replace(LIMA, title=title, source=source), QUOTE) or not shown


# Links to the live page


@pytest.mark.parametrize(
    ("quotation", "directive"),
    [
        ("Milley met Won.", "text=Milley%20met%20Won."),
        # Comma, dash and ampersand part the terms of the directive: they are always encoded.
        ("In-Choul, R&D", "text=In%2DChoul%2C%20R%26D"),
        ("100% “sûr”", "text=100%25%20%E2%80%9Cs%C3%BBr%E2%80%9D"),
        ("One\n\ntwo three.", "text=One,two%20three."),
        ("  \n", ""),
        (f"a b c d e {'x ' * 60}v w x y z.", "text=a%20b%20c%20d%20e,v%20w%20x%20y%20z."),
        ("w" * 200, f"text={'w' * 200}"),
        ("\ud800", "text=%3F"),
    ],
)
def test_the_words_of_a_quotation_are_named(quotation: str, directive: str) -> None:
    assert text_directive(quotation) == directive


@given(st.text())
def test_a_directive_has_only_characters_of_an_address(quotation: str) -> None:
    directive = text_directive(quotation)
    assert re.fullmatch(r"(text=[A-Za-z0-9_.~%]+(,[A-Za-z0-9_.~%]+)?)?", directive)
    words = quotation.split()
    if len(words) == 1 and not re.search("[\ud800-\udfff]", quotation):
        assert unquote(directive) == f"text={words[0]}"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://n.example/a", "https://n.example/a#:~:text=Won"),
        ("HTTP://n.example/a?b=1", "HTTP://n.example/a?b=1#:~:text=Won"),
        ("https://n.example/a#part", "https://n.example/a#part:~:text=Won"),
        ("https://n.example/a#:~:text=other", "https://n.example/a#:~:text=Won"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://n.example/a b", ""),
        ("https://[n.example/", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_lead_to_the_quotation(url: str, link: str) -> None:
    assert at_quotation(url, "Won") == link
    assert bool(web_address(url)) == bool(link)


# Formats


def test_plain() -> None:
    assert plain(LIMA, QUOTE) == (
        "“The minister met Ana Ruiz.”\n— The Wire, 1 December 2021, “Talks in Lima”, https://n.example/a\n"
    )
    bare = replace(LIMA, title="", source="", published=None, url="javascript:x")
    assert plain(bare, QUOTE) == "“The minister met Ana Ruiz.”\n— undated\n"


def test_markdown() -> None:
    assert markdown(LIMA, QUOTE) == (
        "> “The minister met Ana Ruiz.”\n>\n"
        "> — [Talks in Lima](<https://n.example/a#:~:text=The%20minister%20met%20Ana%20Ruiz.>),"
        " The Wire, 1 December 2021\n"
    )


def test_nothing_of_an_article_is_markdown() -> None:
    said = markdown(replace(LIMA, title=ATTACK, source=ATTACK, url="javascript:x"), ATTACK)
    for special in "`*_[]<$":
        assert not re.search(rf"(?<!\\){re.escape(special)}", said), special
    assert not re.search(r"(?<!\\)&lt;", said)


def test_bibtex() -> None:
    # sha256("lima") begins with 002115
    assert bibtex(LIMA, "It rose 5% & more.") == (
        "@misc{thewire-20211201-002115,\n"
        "  title = {{Talks in Lima}},\n"
        "  author = {{The Wire}},\n"
        "  year = {2021},\n"
        "  month = dec,\n"
        "  day = {1},\n"
        "  url = {https://n.example/a},\n"
        "  note = {``It rose 5\\% \\& more.''},\n"
        "}\n"
    )


@given(st.text(), st.text())
def test_bibtex_braces_always_balance(title: str, quotation: str) -> None:
    entry, depth = bibtex(replace(LIMA, title=title + ATTACK), quotation + "}{\\}"), 0
    for place, character in enumerate(entry):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
        # Only the very last brace closes the entry: nothing of the article ends it early.
        assert depth or place < len("@misc") or entry[place:] in {"}\n", "\n"}
    assert depth == 0


def test_tex_commands_of_an_article_are_its_characters() -> None:
    entry = bibtex(LIMA, r"\input{x} a_b ~ ^ <i>")
    assert r"``\textbackslash{}input\textbraceleft{}x\textbraceright{} a\_b" in entry
    assert r"\textasciitilde{} \textasciicircum{} \textless{}i\textgreater{}''" in entry


def test_csl_json() -> None:
    assert json.loads(csl_json(LIMA, QUOTE)) == [
        {
            "id": "thewire-20211201-002115",
            "type": "article-newspaper",
            "title": "Talks in Lima",
            "container-title": "The Wire",
            "URL": "https://n.example/a",
            "note": "“The minister met Ana Ruiz.”",
            "issued": {"date-parts": [[2021, 12, 1]]},
        }
    ]
    bare = replace(LIMA, title="", source="", published=None, url="javascript:x")
    assert set(json.loads(csl_json(bare, QUOTE))[0]) == {"id", "type", "title", "note"}


@pytest.mark.parametrize("kind", Format)
@given(text=st.text())
def test_every_format_can_be_written_whatever_stands_in_an_article(kind: Format, text: str) -> None:
    hostile = replace(LIMA, id=text, title=text, source=text, agency=text, url=text)
    said = reference_as(kind, hostile, f"{text}\n\x00\u202e{ATTACK}")
    said.encode("utf-8")
    assert "\x00" not in said
    assert "\u202e" not in said
    if kind is Format.CSL_JSON:
        assert len(json.loads(said)) == 1


def test_a_sentence_over_two_lines_becomes_one() -> None:
    assert plain(LIMA, "The minister\n  met\tAna Ruiz.").startswith("“The minister met Ana Ruiz.”\n")
    assert markdown(LIMA, "1. One\n> two\n# three").count("\n") == 3


def test_an_agency_stands_beside_its_outlet() -> None:
    assert "— The Wire (AP), 1 December" in plain(replace(LIMA, agency="AP"), QUOTE)
    assert "— The Wire, 1 December" in plain(replace(LIMA, agency="the wire"), QUOTE)
    assert "— AP, 1 December" in plain(replace(LIMA, source="", agency="AP"), QUOTE)


# Pages


def test_each_format_names_the_page() -> None:
    assert ", “Talks in Lima”, page 3, https://" in plain(LIMA, QUOTE, "3")
    assert markdown(LIMA, QUOTE, "3-4").endswith("The Wire, 1 December 2021, pages 3–4\n")
    assert "  pages = {3--4},\n" in bibtex(LIMA, QUOTE, "3-4")
    assert json.loads(csl_json(LIMA, QUOTE, "3-4"))[0]["page"] == "3-4"
    assert all("page" not in reference_as(kind, LIMA, QUOTE) for kind in Format)
