"""The language of the window: texts, numbers, dates and the direction of reading.

Texts are in `crm_<language>.ts`, of English the plurals alone; `pyside6-lrelease` makes the `.qm` that is read here.
"""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def locale_of(language: str) -> QLocale:
    """The locale of a language; with the country of this computer where it speaks the same language."""
    chosen, system = QLocale(language), QLocale.system()
    return system if "_" not in language and system.language() == chosen.language() else chosen


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
