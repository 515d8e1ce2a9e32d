"""Blocks of cells on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.formats.blocks import html_block, read_block, write_block


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ('"two\nlines"\tb', [["two\nlines", "b"]]),
        ('"say ""hi"""\n', [['say "hi"']]),
        ('say "hi"\t"quoted" word', [['say "hi"', '"quoted" word']]),
        ('"open\tb', [['"open', "b"]]),
        ("\t\n", [["", ""]]),
        ("old\rMac\r", [["old"], ["Mac"]]),
    ],
)
def test_a_block_is_read_as_a_spreadsheet_wrote_it(text: str, rows: list[list[str]]) -> None:
    assert read_block(text) == rows


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=4))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    assert read_block(write_block(rows)) == rows


def test_a_megabyte_of_quotes_is_read_at_once() -> None:
    assert len(read_block('"a\t' * 300_000)[0]) == 300_001
    assert len(read_block('"' * 1_000_001)) == 1


def test_html_keeps_heads_and_lines() -> None:
    assert html_block([["a<b", "two\nlines"]], ["X", "Y"]) == (
        "<table><tr><th>X</th><th>Y</th></tr><tr><td>a&lt;b</td><td>two<br>lines</td></tr></table>"
    )
