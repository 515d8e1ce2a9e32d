"""The files the program brings along are whole and what the code expects of them."""

import json
import re
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from crm_desktop.paths import resource

ICONS = sorted(path for path in resource("icons").glob("*.svg") if path.stem != "app")
FONTS = sorted(resource("fonts").glob("*.ttf"))
COLOUR = re.compile(r"#[0-9A-F]{6}( at \d+ %)?")


def test_there_are_icons_and_the_four_weights() -> None:
    assert ICONS
    assert [path.stem for path in FONTS] == ["Inter-Bold", "Inter-Medium", "Inter-Regular", "Inter-SemiBold"]


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_takes_its_colour_from_the_theme(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    expected = {"fill": "none", "stroke": "currentColor", "stroke-width": "1.75", "viewBox": "0 0 24 24"}
    assert {name: root.get(name) for name in expected} == expected
    assert len(root) > 0


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_font_is_a_small_truetype_file(path: Path) -> None:
    content = path.read_bytes()
    assert len(content) < 250_000
    version, tables = struct.unpack(">IH", content[:6])
    assert version == 0x00010000
    names = {content[12 + 16 * number : 16 + 16 * number] for number in range(tables)}
    assert {b"glyf", b"cmap", b"GPOS", b"GSUB"} <= names


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_what_others_made_comes_with_its_licence(folder: str) -> None:
    assert [path for path in resource(folder).glob("*.txt") if "ermission" in path.read_text("utf-8")]


def test_every_colour_exists_for_light_and_dark() -> None:
    tokens: dict[str, Any] = json.loads(resource("styles", "tokens.json").read_text("utf-8"))
    assert "accent" in tokens["colour"]
    for name, pair in tokens["colour"].items():
        assert set(pair) == {"light", "dark"}, name
        assert all(COLOUR.fullmatch(value) for value in pair.values()), name
