"""Commands that draw: a picture of a page, and the test of the program by itself."""

import argparse
import os
from pathlib import Path
from typing import Any

from crm_desktop.cli.session import Session


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("shot", _shot, "a picture of a page, drawn without a screen")
    made.add_argument("page")
    made.add_argument("out", type=Path)
    made.add_argument("--theme", choices=("light", "dark"), default="light")
    made.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH")
    made.add_argument("--text-scale", type=int, choices=range(90, 161), default=100, metavar="90..160")
    made.add_argument("--locale", metavar="L", help="language and country, like de_DE")
    command("self-test", _self_test, "open a temporary base, import, show each page, draw a chart, undo")


def _shot(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from crm_desktop.app import picture

    session.data.create()
    picture(session.data, session.clock, options, passphrase=session.passphrase())
    return {"picture": str(options.out)}


def _self_test(_session: Session, _options: argparse.Namespace) -> dict[str, Any]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from crm_desktop.app import self_test

    return {"done": self_test()}


def _size(text: str) -> tuple[int, int]:
    width, sign, height = text.partition("x")
    if not (sign and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size like 1440x900")
    return int(width), int(height)
