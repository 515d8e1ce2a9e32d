"""The dialect is found from the beginning of the file alone."""

from pathlib import Path

import pytest

from crm_desktop.formats.csv_dialect import Dialect, detect_dialect
from crm_desktop.formats.csv_header import has_header, unique_names
from crm_desktop.formats.csv_reader import open_table
from crm_desktop.formats.text_encoding import Encoding, detect_encoding

_GERMAN = "name,ort\nMüller,Köln\nGroß,Düsseldorf\n"
_FRENCH = "nom,ville\nHélène,Orléans\nFrançois,Besançon\nBenoît,Nîmes\n"
_SPANISH = "n,c\nJosé Núñez,Málaga\nBegoña,Logroño\n"
_TYPOGRAPHY = "a\nprice – “best” €5\n"
_CZECH = "n,c\nŘehoř Dvořák,Plzeň\nŽaneta Šťastná,Kroměříž\n"
_POLISH = "n,c\nŁukasz Wójcik,Łódź\nGrażyna Dąbrowska,Gdańsk\n"
_HUNGARIAN = "n\nErdős Győző\nSzűcs Ágnes\n"
_RUSSIAN = "имя,город\nИван Петров,Москва\n"
_GREEK = "id\nΆννα\nΑγγλικά\n"


def _write(folder: Path, data: bytes | str) -> Path:
    path = folder / "table.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", _GERMAN),
        ("cp1252", _FRENCH),
        ("cp1252", _SPANISH),
        ("cp1252", _TYPOGRAPHY),
        ("cp1252", "name\nRené\n"),
        ("cp1250", _CZECH),
        ("cp1250", _POLISH),
        ("cp1250", _HUNGARIAN),
        ("iso-8859-2", _CZECH),
        ("cp1251", _RUSSIAN),
        ("koi8-r", _RUSSIAN),
        ("cp866", _RUSSIAN),
        ("cp1253", "id,name\n1,Κινέζικα\n2,Αγγλικά\n"),
        ("iso-8859-7", _GREEK),
        ("cp1254", "ad\nŞükrü Yıldırım\nIğdır\n"),
        ("cp1256", "اسم\nمحمد علي\n"),
        ("cp850", _GERMAN + _FRENCH),
        ("mac-roman", _GERMAN + _FRENCH),
        ("utf-8", _GERMAN),
        ("utf-16-le", _RUSSIAN),
        ("utf-16-be", "a,b\n1,2\n"),
    ],
)
def test_encodings_are_told_by_their_letters(encoding: str, text: str) -> None:
    assert detect_encoding(text.encode(encoding)) == Encoding(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_settles_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = _write(tmp_path, ("\ufeff" + _RUSSIAN).encode(encoding))
    table = open_table(path)
    assert (table.dialect.encoding, table.dialect.bom) == (encoding, True)
    assert table.columns == ("имя", "город")
    assert [cells for _, cells in table.rows()] == [["Иван Петров", "Москва"]]


def test_utf8_cut_off_in_a_character_is_still_utf8() -> None:
    data = "ünï".encode()[:-1]
    assert detect_encoding(data, complete=False).name == "utf-8"
    assert detect_encoding(data, complete=True).name != "utf-8"


def test_letters_far_behind_plain_ascii_decide(tmp_path: Path) -> None:
    plain = "name,city\n" + "Smith,London\n" * 60_000
    path = _write(tmp_path, (plain + "Müller,Köln\nJürgen,Düren\n").encode("cp1252"))
    *_, (_, last) = open_table(path).rows()
    assert last == ["Jürgen", "Düren"]


def test_any_bytes_have_some_encoding() -> None:
    assert detect_encoding(bytes(range(256))).name
    assert detect_encoding(b"").name == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = [["name", "city", "sum"], ["Ann", "Rome", "3"], ["Bob, Jr", "Paris", "4"]]
    path = _write(tmp_path, "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows))
    assert detect_dialect(path).delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("name;amount\nX;1,5\nY;2,5\n", ";"),
        ("1;2,5;3,5\n2;3,5;4,5\n", ";"),
        ("id;time\n0;2022-05-25 10:39:15\n1;2022-05-25 10:40:15\n", ";"),
        ("name\nSmith, John\nDoe, Jane\n", None),
        ("url\nhttp://a.example/\nhttp://b.example/\n", None),
    ],
)
def test_signs_inside_values_do_not_cut_them(tmp_path: Path, text: str, delimiter: str | None) -> None:
    table = open_table(_write(tmp_path, text))
    if delimiter:
        assert table.dialect.delimiter == delimiter
    else:
        assert len(table.columns) == 1


def test_the_separator_line_of_excel(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, "sep=;\r\nname;note\r\nAnn;a,b\r\n"))
    assert (table.dialect.delimiter, table.dialect.preamble, table.dialect.newline) == (";", 1, "\r\n")
    assert list(table.rows()) == [(3, ["Ann", "a,b"])]


def test_apostrophes_quote_only_where_cells_stand_between_them(tmp_path: Path) -> None:
    quoted = open_table(_write(tmp_path, "a,b\n'x,1','y'\n'z','w'\n"))
    assert quoted.dialect.quote == "'"
    assert [cells for _, cells in quoted.rows()] == [["x,1", "y"], ["z", "w"]]
    names = open_table(_write(tmp_path, "name,city\n't Hooft,Den Haag\nO'Brien,'s-Hertogenbosch\n"))
    assert names.dialect.quote == '"'
    assert next(names.rows())[1] == ["'t Hooft", "Den Haag"]


def test_backslashes_escape_where_they_must(tmp_path: Path) -> None:
    escaped = open_table(_write(tmp_path, 'a,b\n"say \\"hi, you\\" now",1\n"x",2\n'))
    assert escaped.dialect.escape == "\\"
    assert next(escaped.rows())[1] == ['say "hi, you" now', "1"]
    doubled = open_table(_write(tmp_path, 'a,b\n"C:\\dir\\",1\n"say ""hi""",2\n'))
    assert doubled.dialect.escape == '"'
    assert [cells[0] for _, cells in doubled.rows()] == ["C:\\dir\\", 'say "hi"']


def test_blanks_before_quotes_are_dropped(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, '"a", "b"\n"1", "x, y"\n'))
    assert table.dialect.skip_space
    assert table.columns == ("a", "b")
    assert next(table.rows())[1] == ["1", "x, y"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, newline: str) -> None:
    table = open_table(_write(tmp_path, newline.join(["a,b", '1,"x\ny"', "2,z"])))
    assert [cells for _, cells in table.rows()] == [["1", "x\ny"], ["2", "z"]]
    if newline == "\n":
        assert table.dialect.newline == newline
    assert open_table(_write(tmp_path, newline.join(["a,b", "1,2", ""]))).dialect.newline == newline


def test_mixed_line_ends(tmp_path: Path) -> None:
    assert detect_dialect(_write(tmp_path, "a,b\r\n1,2\n3,4\r\n")).newline == "mixed"


def test_the_notes_above_a_connections_export(tmp_path: Path) -> None:
    text = (
        'Notes:\n"When exporting your connection data, you may notice, ""some"" are missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ada,Lovelace,https://example.com/ada,,Engines,Analyst,20 Nov 2025\n"
        "Bob,Stone,https://example.com/bob,,Bricks,Mason,21 Nov 2025\n"
    )
    table = open_table(_write(tmp_path, text))
    assert table.dialect.preamble == 3
    assert table.columns[-1] == "Connected On"
    assert [number for number, _ in table.rows()] == [5, 6]


def test_a_title_padded_to_the_width_of_the_table(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, "Sales report,,\n,,\nname,city,sum\nAnn,Rome,3\nBob,Bonn,4\n"))
    assert (table.dialect.preamble, table.columns) == (2, ("name", "city", "sum"))


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([["id", "name"], ["1", "x"]], True),
        ([["1", "x"], ["2", "y"], ["3", "z"]], False),
        ([["name", "city"], ["Ann", "Rome"]], True),
        ([["ann@example.com", "Ann"], ["bob@example.com", "Bob"]], False),
        ([["region", "2019", "2020"], ["North", "10", "20"], ["South", "5", "6"]], True),
        ([["2024-01-05", "10"], ["2024-01-06", "11"]], False),
        ([["10", "11"], ["12", "13"]], False),
        ([["5", "english"]], False),
        ([["id", "name"]], True),
        ([], False),
    ],
)
def test_headers_are_told_from_values(rows: list[list[str]], answer: bool) -> None:
    assert has_header(rows, 2 if not rows else len(rows[0])) is answer


def test_without_a_header_columns_are_numbered(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, "1,x\n2,y\n3,z\n"))
    assert table.columns == ("Column 1", "Column 2")
    assert [number for number, _ in table.rows()] == [1, 2, 3]


def test_names_are_unique() -> None:
    assert unique_names(["a", "a", "", "a_2", " b "], 6) == ("a", "a_3", "Column 3", "a_2", "b", "Column 6")
    assert unique_names(["id", "name", "id", "id"], 4) == ("id", "name", "id_2", "id_3")


def test_the_user_may_overrule(tmp_path: Path) -> None:
    path = _write(tmp_path, "a;b\n1;2\n")
    table = open_table(path, Dialect(delimiter=",", header=False))
    assert list(table.rows()) == [(1, ["a;b"]), (2, ["1;2"])]


def test_json_form() -> None:
    assert Dialect(delimiter=";", preamble=2).to_json() == {
        "encoding": "utf-8",
        "bom": False,
        "delimiter": ";",
        "quote": '"',
        "escape": '"',
        "line_end": "\n",
        "preamble": 2,
        "header": 1,
    }
