"""Signatures are read in whatever script they are written: who, what, where, how to reach them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.firms import is_firm
from crm_desktop.formats.signature import read_signature

ARABIC = """مع أطيب التحيات،
د. محمد بن عبد العزيز آل سعود
مدير المبيعات
شركة النور للتجارة
هاتف: +966 11 123 4567
البريد الإلكتروني: m.saud@alnoor.example"""
HEBREW = """בברכה,
ד"ר דוד כהן
סמנכ"ל שיווק
אלפא בע"מ
נייד: 052-1234567
david@alpha.example"""
RUSSIAN = """С уважением,
Иван Сергеевич Петров
Генеральный директор
ООО «Ромашка»
ул. Ленина 5
тел.: +7 495 123-45-67
petrov@romashka.example"""
CHINESE = """此致
敬礼
王小明
销售总监
上海某某科技有限公司
上海市浦东新区世纪大道100号
电话：021-12345678
邮箱：wang@moumou.example"""
JAPANESE = """株式会社山田商事
営業部 部長
山田　太郎
〒100-0001 東京都千代田区千代田1-1
電話：03-1234-5678
yamada@yamada.example
よろしくお願いいたします。"""
KOREAN = """김철수 과장
(주)한빛
서울시 강남구 테헤란로 123
전화: 02-1234-5678
kim@hanbit.example
감사합니다"""


@pytest.mark.parametrize(
    ("text", "name", "title", "company", "phone"),
    [
        (ARABIC, "محمد بن عبد العزيز آل سعود", "مدير المبيعات", "شركة النور للتجارة", "+966 11 123 4567"),
        (HEBREW, "דוד כהן", 'סמנכ"ל שיווק', 'אלפא בע"מ', "052-1234567"),
        (RUSSIAN, "Иван Сергеевич Петров", "Генеральный директор", "ООО «Ромашка»", "+7 495 123-45-67"),
        (CHINESE, "王小明", "销售总监", "上海某某科技有限公司", "021-12345678"),
        (JAPANESE, "山田 太郎", "営業部 部長", "株式会社山田商事", "03-1234-5678"),
        (KOREAN, "김철수", "과장", "(주)한빛", "02-1234-5678"),
    ],
)
def test_a_signature_of_every_script(text: str, name: str, title: str, company: str, phone: str) -> None:
    found = read_signature(text)
    assert found.values["name"] == name
    assert (found.values["job_title"], found.values["company_name"]) == (title, company)
    assert found.phones == [phone] and len(found.emails) == 1 and found.emails[0].isascii()
    # A name does not have the title, so the line that has it is kept too.
    assert found.rest == [line for line in text.splitlines() if line.startswith(("د. ", 'ד"ר '))]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("أحمد علي", "أحمد علي"), ("مُحَمَّد عَلِيّ", "مُحَمَّد عَلِيّ"), ("\u202bأحمد علي\u202c", "أحمد علي"),
        ("С. Петров", "С. Петров"), ("Γιώργος Παπαδόπουλος", "Γιώργος Παπαδόπουλος"), ("राजेश कुमार", "राजेश कुमार"),
        ("ジョン・スミス", "ジョン・スミス"), ("営業部 課長 阿部 寛", "阿部 寛"), ("山田太郎様", "山田太郎"),
        ("王小明先生", "王小明"),
        ("Nguyễn Văn An", "Nguyễn Văn An"), ("Jose\u0301 Nu\u0301n\u0303ez", "José Núñez"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("иван петров", None), ("жмите сюда", None), ("谢谢", None), ("よろしくお願いします", None), ("شكرا لكم", None),
    ],
)  # fmt: skip
def test_a_name_is_known_in_its_script(line: str, name: str | None) -> None:
    assert read_signature(line).values.get("name") == name


def test_digits_of_any_script_can_be_dialled() -> None:
    found = read_signature("أحمد علي\nجوال: ٠١٠ ١٢٣٤ ٥٦٧٨\nفاكس: 123")
    assert (found.phones, found.rest) == (["010 1234 5678"], ["فاكس: 123"])


@pytest.mark.parametrize("name", ["مؤسسة الأمل", "חברת חשמל", "北京公司", "삼성 주식회사", "ЗАО Вектор"])
def test_a_company_is_known_in_its_script(name: str) -> None:
    assert is_firm(name)


LETTERS = {
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "devanagari": "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
}  # fmt: skip


@given(st.sampled_from(sorted(LETTERS)), st.data())
def test_the_way_of_writing_marks_does_not_count(script: str, data: st.DataObject) -> None:
    word = st.text(LETTERS[script], min_size=3, max_size=7)
    line = f"{data.draw(word)} {data.draw(word)}"
    forms = [read_signature(unicodedata.normalize(form, line)) for form in ("NFC", "NFD")]
    assert forms[0].values == forms[1].values and forms[0].rest == forms[1].rest
