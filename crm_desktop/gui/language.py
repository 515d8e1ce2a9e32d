"""The language of the window: texts, numbers, dates and the direction of reading.

Texts are in `crm_<language>.ts`, of English the plurals alone; `pyside6-lrelease` makes the `.qm` that is read here.
"""

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from crm_desktop.services.labels import lowered
from crm_desktop.settings import LANGUAGES


def tr(text: object, meaning: str = "", count: int = -1) -> str:
    """A text in the language of the window, for what is no QObject with a `tr` of its own.

    lupdate finds it by this name and this order, and those that are marked with QT_TR_NOOP to be told later.
    """
    return QCoreApplication.translate("", str(text), meaning, count)


def filled(text: str, *values: str) -> str:
    """A text with its %1, %2 ... replaced; all at once, so that a value may hold "%1" itself."""
    given = {f"%{number}": value for number, value in enumerate(values, 1)}
    return re.sub("%[1-9]", lambda found: given.get(found[0], found[0]), text)


def inside(noun: str) -> str:
    """A noun as it stands inside a sentence; German keeps its capital, and so do abbreviations."""
    return noun if QLocale().language() == QLocale.Language.German else lowered(noun)


def locale_of(language: str) -> QLocale:
    """The locale of a language; with the country of this computer where it speaks the same language."""
    chosen, system = QLocale(language), QLocale.system()
    return system if "_" not in language and system.language() == chosen.language() else chosen


_CALLED = {"en_GB": "English (UK)", "en_US": "English (US)", "en_DE": "English (Germany)"}


def offered(held: str) -> list[tuple[str, str]]:
    """The languages to choose from with what they are called, the one that is `held` among them."""
    codes = [*LANGUAGES, *([] if held in LANGUAGES else [held])]
    return [(code, _CALLED.get(code) or QLocale(code).nativeLanguageName().capitalize()) for code in codes]


def speak(app: QApplication, language: str, folder: Path) -> None:
    """Let everything made from now on use this language."""
    locale = locale_of(language)
    QLocale.setDefault(locale)
    app.setLayoutDirection(locale.textDirection())
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for spoken in app.findChildren(QTranslator):
        app.removeTranslator(spoken)
        spoken.deleteLater()
    for name, place in (("qtbase", qt_folder), ("crm", str(folder))):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", place):
            app.installTranslator(translator)
