"""Takes every picture of docs/pictures anew, both themes and both sizes: `.venv/bin/python docs/take_pictures.py`.

Names behind it are the only pages to take.
"""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_desktop.app import Program, build
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.gui.pages.importing import ImportPage
from crm_desktop.gui.shot import PALETTE, Look, shot
from crm_desktop.paths import DataDir

PICTURES = Path(__file__).parent / "pictures"
SIZES = {(1440, 900): PICTURES, (1024, 680): PICTURES / "small"}
THEMES = ("light", "dark")
NOW = datetime(2026, 11, 12, 9, 5, tzinfo=UTC)

FAIR = """\
First Name;Surname;Organisation;Mail;Tel.;Badge scan time;Interest (1-5);Hall;Company size;Opt-in;Notes;Badge ID
Joanna;Whitlock;Fenwick Schools Trust;j.whitlock@fenwick.example;0207 946 0182;06/11/2026 14:02;4;Hall 4;501-1000;Y;\
Wants price list for 14 sites;0004411
Luca;Ferrante;Trattoria Ferrante;l.ferrante@ferrante.example;0039 06 555 0114;07/11/2026 09:40;5;Hall 2;1-10;Y;\
Call in spring;0004417
Marta;Kowalczyk;Linden Clinic;m.kowalczyk@linden.example;0207 946 0184;08/11/2026 11:14;2;Hall 4;51-200;N;;0004502
Noor;Berg;Harbour Inn;noor at home;0207 946 0185;06/11/2026 12:21;3;Hall 2;11-50;Y;;0004514
"""
"""What a trade fair sends to its exhibitors."""


def sample(program: Program) -> None:
    """The sample data and a morning's work on it: what the history, the bin and the duplicates show."""
    services = program.context.services
    services.demo.fill()
    leads = services.lists.ids(Filter("lead"), Sort("score", descending=True))
    fields = ("name", "email", "phone", "company_name")
    best = [dict(zip(fields, row[1:], strict=True)) for row in services.lists.rows("lead", leads[:6], fields)]
    for lead, change in zip(
        best,
        (
            {},
            {"name": "Bailey Stefan", "company_name": "Granary Ltd"},
            {"email": ""},
            {"phone": ""},
            {"company_name": ""},
        ),
        strict=False,
    ):
        services.records.add("lead", lead | change)
    services.records.delete("lead", leads[40:43])
    services.records.set("lead", leads[10:11], {"segment": "Leisure", "value": "9400"})
    services.records.tag("lead", leads[20:32], "Trade fair 2026")
    services.conversion.convert(leads[13:14])
    deals = services.lists.ids(Filter("deal"))
    services.pipeline.snooze(deals[0], NOW.date().replace(day=30))


def pages(program: Program, folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """Names of pictures, and what brings the window there; it answers the page's name."""
    for page in program.window.pages.specs:
        if page != "first_run":
            yield page, page.__str__
    yield PALETTE, lambda: PALETTE
    yield "import", lambda: _matching(program, folder)


def _matching(program: Program, folder: Path) -> str:
    """The columns of a file, before they are checked."""
    program.window.open("importing")
    page = program.window.pages.current
    assert isinstance(page, ImportPage)
    page.leave()
    file = folder / "fair-leads.csv"
    file.write_text(FAIR, "utf-8")
    page.open_file(file)
    program.context.jobs.wait_idle()
    page.wizard.advance()
    return "importing"


def take(program: Program, picture: str, go: Callable[[], str]) -> None:
    """One page in every look."""
    for size, folder in SIZES.items():
        for theme in THEMES:
            if not shot(program.window, go(), folder / f"{picture}-{theme}.png", Look(theme, size)):
                raise SystemExit(f"There is no page {picture}.")
            program.window.palette_box.close()
    print(picture)


def main(wanted: list[str]) -> None:
    """Takes those that are wanted, or all."""
    with TemporaryDirectory() as folder:
        program = build(DataDir(Path(folder) / "Documents" / "CRM Desktop"), Clock.fixed(NOW))
        try:
            if not wanted or "first_run" in wanted:
                take(program, "first_run", lambda: "first_run")
            sample(program)
            for picture, go in pages(program, Path(folder)):
                if not wanted or picture in wanted:
                    take(program, picture, go)
        finally:
            program.close()


if __name__ == "__main__":
    main(sys.argv[1:])
