"""Inter, the one typeface of the program on every system."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase

FAMILY = "Inter"


def load_fonts(folder: Path) -> str:
    """Register the fonts of `folder`; answers the family to use, the system's own when none could be read."""
    loaded = [QFontDatabase.addApplicationFont(str(path)) for path in sorted(folder.glob("*.ttf"))]
    if any(number >= 0 for number in loaded):
        return FAMILY
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
