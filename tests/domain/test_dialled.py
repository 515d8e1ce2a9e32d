"""Phone numbers in the form in which they are dialled from anywhere."""

import pytest

from crm_desktop.domain.folding import dialled


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("+44 20 7946 0182", "+442079460182"),
        ("0039 06 555 0114", "+39065550114"),
        ("+49 (30) 123-456", "+4930123456"),
        ("+44 (0)20 7946 0182", "+442079460182"),
        ("0049 (0) 30 123456", "+4930123456"),
        ("+49(0)30/123456", "+4930123456"),
        ("(0)30 123456", None),
        ("020 7946 0182", None),
        ("+44 20 7946 0182 ext. 5", None),
        ("+12", None),
        ("+1234567890123456", None),
        ("", None),
        ("call me", None),
    ],
)
def test_a_number_with_its_country_code_has_one_form(written: str, form: str | None) -> None:
    assert dialled(written) == form
