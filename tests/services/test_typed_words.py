"""Filters typed in the words of the window: absence, labels, days told from today, in English and in German."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Compare, Days, Filter, Months, Node, Op, Words, both
from crm_desktop.domain.periods import Side
from crm_desktop.domain.speech import Thing
from crm_desktop.errors import UserError
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)
Open = Callable[[str], Services]


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Gives the services of a window in a language."""
    made: dict[str, Services] = {}

    def take(language: str) -> Services:
        if language not in made:
            data: Path = tmp_path_factory.mktemp(language)
            made[language] = open_services(DataDir(data), Settings(language=language), Clock.fixed(NOW))
            made[language].fields.add("lead", "Likes tea", "choice", ["A lot", "Not at all"])
            made[language].fields.add("lead", "Met on", "date")
            for label in ODD:
                made[language].fields.add("lead", label, "text")
        return made[language]

    yield take
    for services in made.values():
        services.close()


ODD = ['Say "hi"', "A (b)", "c.d", "1st", "x:y", "back\\slash"]
TOUCHES = "type=call,chat,email_in,meeting,visit"
ENGLISH = [
    ("lead", "no visit in 60 days", "-activities(type:visit happened_on>=-60d)"),
    ("lead", "No visit in the last 60 days", "-activities(type:visit happened_on>=-60d)"),
    ("lead", "no visits for 60 days", "-activities(type:visit happened_on>=-60d)"),
    ("lead", "without visit within 8 weeks", "-activities(type:visit happened_on>=-56d)"),
    ("company", "no activity in 30 days", "-activities(happened_on>=-30d)"),
    ("customer", "no activities in a year", "-activities(happened_on>=-12m)"),
    ("person", "no call since 1 May", "-activities(type:call happened_on>=2026-05-01)"),
    ("person", "no call since 20 Dec", "-activities(type:call happened_on>=2025-12-20)"),
    ("person", "no call since May 1 2025", "-activities(type:call happened_on>=2025-05-01)"),
    ("person", "no call since 2026-05-01", "-activities(type:call happened_on>=2026-05-01)"),
    ("person", "no phone call since 3 weeks ago", "-activities(type:call happened_on>=-21d)"),
    ("deal", "visit in 30 days", "activities(type:visit happened_on>=-30d)"),
    ("deal", "-visit in 30 days", "-activities(type:visit happened_on>=-30d)"),
    ("lead", "no e-mail in 14 days", "-activities(type=email_in,email_out happened_on>=-14d)"),
    ("lead", "no e-mail received since yesterday", "-activities(type:email_in happened_on>=-1d)"),
    ("lead", "meeting this month", "activities(type:meeting happened_on:this_month)"),
    ("customer", "no purchase last quarter", "-purchases(bought_on:last_quarter)"),
    ("customer", "no purchase in 6 months", "-purchases(bought_on>=-6m)"),
    ("company", "no deals", "-deals()"),
    ("lead", "no task in 14 days", "-tasks(due_on>=today due_on<=+14d)"),
    ("lead", "no task in the last 14 days", "-tasks(due_on>=-14d)"),
    ("lead", "no contact for 9 days", "-last_touch>=-9d"),
    ("lead", "no contact", "last_touch:none"),
    ("lead", "no contact last month", f"-activities({TOUCHES} happened_on=last_month)"),
    ("lead", "contact in May", f"activities({TOUCHES} happened_on>=2026-05-01 happened_on<=2026-05-31)"),
    ("lead", "no contact today", f"-activities({TOUCHES} happened_on=today)"),
    ("lead", "no contact since Monday", "-last_touch>=2026-11-09"),
    ("lead", "no visit last week", "-activities(type:visit happened_on:last_week)"),
    ("lead", "visit this week", "activities(type:visit happened_on:this_week)"),
    ("lead", "no visit today", "-activities(type:visit happened_on:today)"),
    ("lead", "no visit Yesterday hall", "-activities(type:visit happened_on:-1d) hall"),
    ("lead", "no visit on Monday", "-activities(type:visit happened_on:2026-11-09)"),
    ("lead", "no visit Thursday", "-activities(type:visit happened_on:2026-11-12)"),
    ("lead", "no call in May", "-activities(type:call happened_on>=2026-05-01 happened_on<=2026-05-31)"),
    ("lead", "no call in Dec", "-activities(type:call happened_on>=2025-12-01 happened_on<=2025-12-31)"),
    ("lead", "no call in May 2024", "-activities(type:call happened_on>=2024-05-01 happened_on<=2024-05-31)"),
    ("lead", "no call in 2025", "-activities(type:call happened_on>=2025-01-01 happened_on<=2025-12-31)"),
    ("lead", "no call since 2025", "-activities(type:call happened_on>=2025-01-01)"),
    ("lead", "no call since May", "-activities(type:call happened_on>=2026-05-01)"),
    ("lead", "no call since last year", "-activities(type:call happened_on>=last_year)"),
    ("lead", "no visit 60 days", "-activities(type:visit happened_on>=-60d)"),
    ("lead", "no call last 30 days", "-activities(type:call happened_on>=-30d)"),
    ("lead", "no call in this month", "-activities(type:call happened_on:this_month)"),
    ("lead", "no call since 20.12.26", "-activities(type:call happened_on>=2026-12-20)"),
    ("lead", "no task since 20 Dec", "-tasks(due_on>=2026-12-20)"),
    ("lead", "no task in January", "-tasks(due_on>=2027-01-01 due_on<=2027-01-31)"),
    ("lead", "no email", "email:none"),
    ("lead", "no e-mail address hall", "email:none hall"),
    ("lead", "no phone", "phone:none"),
    ("person", "no phone number", "phone:none"),
    ("lead", "no phone in 30 days", "-activities(type:call happened_on>=-30d)"),
    ("lead", "no e-mail received", "-activities(type:email_in)"),
    ("lead", "no website", "website:none"),
    ("lead", "no source hall", "source:none hall"),
    ("lead", "Without Job title", "job_title:none"),
    ("lead", "no company", "company_name:none"),
    ("lead", "no likes tea", "likes_tea:none"),
    ("lead", "no last contact", "last_touch:none"),
    ("lead", "no score", "-score>0"),
    ("lead", "no tags", "tags:none"),
    ("deal", "no company", "company:none"),
    ("deal", "no expected close OR no amount", "(expected_close:none OR amount:none)"),
    ("deal", "no close date", "expected_close:none"),
    ("deal", "no closed date", "closed_on:none"),
    ("lead", "no town hall", "city:none hall"),
    ("company", "no open deals", "-open_deals>0"),
    ("company", "no customer", "-customer:yes"),
    ("customer", "no purchases", "-purchases()"),
    ("deal", "no call", "-activities(type:call)"),
    ("lead", "no visit OR score>5", "(-activities(type:visit) OR score>5)"),
    ("lead", "added>=1 May", "created_at>=2026-05-01"),
    ("lead", "added>=20 Dec", "created_at>=2025-12-20"),
    ("lead", "last_touch<1 May", "last_touch<2026-05-01"),
    ("lead", "added:Monday", "created_at:2026-11-09"),
    ("lead", "added:last week", "created_at:last_week"),
    ("lead", "return_on<=1 May", "return_on<=2027-05-01"),
    ("lead", "return_on:Monday", "return_on:2026-11-16"),
    ("lead", "added>=20.12.26", "created_at>=2026-12-20"),
    ("lead", '"Met on"<=20 Oct', "met_on<=2026-10-20"),
    ("lead", "score>70 no visit in 60 days whitlock", "score>70 -activities(type:visit happened_on>=-60d) whitlock"),
    ("lead", "no visit in 60 days OR score>70", "(-activities(type:visit happened_on>=-60d) OR score>70)"),
    ("company", "deals(no call in 7 days)", "deals(-activities(type:call happened_on>=-7d))"),
    ("lead", "Added>=-7d", "created_at>=-7d"),
    ("lead", '"Last contact"<-30d', "last_touch<-30d"),
    ("lead", '"next step":call', "next_step:call"),
    ("lead", '"Company":hotel', "company_name:hotel"),
    ("lead", 'company:hotel', "company:hotel"),
    ("lead", '"Likes tea":"A lot"', 'likes_tea:"A lot"'),
    ("lead", "E-mail:@example.org", "email:@example.org"),
    ("deal", 'company."Annual revenue">5', "company.revenue>5"),
    ("lead", "added>=3 weeks ago", "created_at>=-21d"),
    ("lead", "added>=2 months ago score>5", "created_at>=-2m score>5"),
    ("lead", 'return_on<="in 3 weeks"', "return_on<=+21d"),
    ("lead", "return_on<=in 3 weeks", "return_on<=+21d"),
    ("lead", "return_on=tomorrow", "return_on=+1d"),
    ("lead", "return_on:next month", "return_on:next_month"),
    ("lead", "added>=1 May 2026 hotel", "created_at>=2026-05-01 hotel"),
    ("company", "activities(Outcome:Positive)", "activities(outcome:positive)"),
]  # fmt: skip
GERMAN = [
    ("lead", "kein Besuch in 60 Tagen", "-activities(type:visit happened_on>=-60d)"),
    ("lead", "ohne Besuch seit 60 Tagen", "-activities(type:visit happened_on>=-60d)"),
    ("lead", "keine Aktivität in den letzten 30 Tagen", "-activities(happened_on>=-30d)"),
    ("lead", "kein Anruf seit 1. Mai", "-activities(type:call happened_on>=2026-05-01)"),
    ("lead", "keine Anrufe seit vor 3 Wochen", "-activities(type:call happened_on>=-21d)"),
    ("lead", "Besuch in 30 Tagen", "activities(type:visit happened_on>=-30d)"),
    ("lead", "no visit in 60 days", "-activities(type:visit happened_on>=-60d)"),
    ("lead", "kein Besuch letzte Woche", "-activities(type:visit happened_on:last_week)"),
    ("lead", "kein Besuch in der letzten Woche", "-activities(type:visit happened_on:last_week)"),
    ("lead", "kein Besuch im letzten Monat", "-activities(type:visit happened_on:last_month)"),
    ("lead", "kein Besuch in diesem Jahr", "-activities(type:visit happened_on:this_year)"),
    ("lead", "kein Besuch in den nächsten 30 Tagen", "-activities(type:visit happened_on>=today happened_on<=+30d)"),
    ("lead", "kein Kontakt seit Montag", "-last_touch>=2026-11-09"),
    ("lead", "kein Besuch am Montag", "-activities(type:visit happened_on:2026-11-09)"),
    ("lead", "kein Besuch heute", "-activities(type:visit happened_on:today)"),
    ("lead", "kein Anruf im Mai", "-activities(type:call happened_on>=2026-05-01 happened_on<=2026-05-31)"),
    ("lead", "kein Besuch mit Anna", "-activities(type:visit) mit Anna"),
    ("lead", "keine E-Mail", "email:none"),
    ("lead", "keine Telefonnummer", "phone:none"),
    ("lead", "keine Quelle", "source:none"),
    ("lead", "keine Firma", "company_name:none"),
    ("deal", "ohne Firma", "company:none"),
    ("deal", "kein Abschlussdatum", "expected_close:none"),
    ("lead", "Hinzugefügt>=vor 3 Wochen", "created_at>=-21d"),
    ("lead", '"Letzter Kontakt"<-30d', "last_touch<-30d"),
    ("lead", "Aktivitäten(Art:Besuch)>=2", "activities(type:visit)>=2"),
    ("company", "sum(Deals.Betrag)>1000", "sum(deals.amount)>1000"),
    ("deal", "Firma.Branche:hotel", "company.industry:hotel"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "same"), ENGLISH)
def test_words_mean_the_same_as_signs(speaking: Open, kind: str, typed: str, same: str) -> None:
    lists = speaking("en").lists
    assert lists.parse(kind, typed) == lists.parse(kind, same)
    assert isinstance(lists.count(lists.parse(kind, typed)), int)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_field_may_have_no_value(speaking: Open, language: str) -> None:
    services = speaking(language)
    for kind in services.catalogue:
        for field in kind.fields.values():
            words = f"no {services.labels.field(kind.name, field.name)}"
            assert field.custom or "Words(" not in str(services.lists.parse(kind.name, words).where), words


@pytest.mark.parametrize(("kind", "typed", "same"), GERMAN)
def test_words_of_another_language_count_where_it_is_spoken(speaking: Open, kind: str, typed: str, same: str) -> None:
    lists = speaking("de").lists
    assert lists.parse(kind, typed) == lists.parse(kind, same)


def test_the_typed_form_stays_the_one_of_signs(speaking: Open) -> None:
    lists = speaking("de").lists
    assert lists.text(lists.parse("lead", "kein Besuch in 60 Tagen")) == "-activities(type=visit happened_on>=-60d)"


@pytest.mark.parametrize("typed", ["visit", "visit hall", '"no visit"', 'no "visit"', "in 60 days", "no wonder"])
def test_other_words_are_searched_for(speaking: Open, typed: str) -> None:
    lists = speaking("en").lists
    found = lists.parse("lead", typed).where
    parts = [found] if isinstance(found, Words) else list(getattr(found, "parts", ()))
    assert parts and all(isinstance(part, Words) for part in parts)


@pytest.mark.parametrize(("language", "typed", "unread"), [
    ("en", "No visit for 60 dyas", "for 60 dyas"),
    ("en", "no visit or call in 30 days", "or call in"),
    ("en", "no visit and no call in 30 days", "and no call"),
    ("en", "no visit since 60", "since 60"),
    ("en", "no visit in 60 days ago", "ago"),
    ("en", "no visit 60 days ago", "ago"),
    ("en", "no visit before 1 May", "before 1 May"),
    ("en", "no company in 30 days no people in 30 days", None),
    ("en", "no website in 30 days", "in 30 days"),
    ("en", "no source in 30 days", "in 30 days"),
    ("en", "no call last parsec", "last parsec"),
    ("de", "kein Anruf vor 3 Wochen", "vor 3 Wochen"),
    ("de", "kein Besuch oder Anruf in 30 Tagen", "oder Anruf in"),
])  # fmt: skip
def test_a_time_that_cannot_be_read_is_told(speaking: Open, language: str, typed: str, unread: str | None) -> None:
    with pytest.raises(UserError) as raised:
        speaking(language).lists.parse("company" if unread is None else "lead", typed)
    assert f"“{unread or 'in 30 days'}” after" in raised.value.sentence
    assert "since 1 May" in raised.value.sentence


@pytest.mark.parametrize(("typed", "said"), [
    ("added>=3 weeks soon", "not a day"), ("added>=in 3 parsecs", "not a day"), ('"Colour":red', "no field “Colour”"),
    ('"Last":x', "may be"), ("added>=31 Feb", "not a day"),
])  # fmt: skip
def test_what_is_no_day_and_no_label_is_told(speaking: Open, typed: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        speaking("en").lists.parse("lead", typed)


@pytest.mark.parametrize(("typed", "path"), [("close<=2026-12-31", ""), ("closed<=2026-12-31", "closed_on"),
                                             ("expected<=2026-12-31", "expected_close")])  # fmt: skip
def test_a_word_of_another_field_leaves_open_which_is_meant(speaking: Open, typed: str, path: str) -> None:
    lists = speaking("en").lists
    if path:
        assert lists.text(lists.parse("deal", typed)).startswith(path)
    else:
        with pytest.raises(UserError, match="“close” may be closed_on or expected_close"):
            lists.parse("deal", typed)


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("en", "in 3 weeks", date(2026, 12, 3)), ("en", "In 2 days", date(2026, 11, 14)),
        ("en", "3 weeks ago", date(2026, 10, 22)), ("en", "next week", date(2026, 11, 16)),
        ("en", "next month", date(2026, 12, 1)), ("en", "in a year", date(2027, 11, 12)),
        ("de", "in 3 Wochen", date(2026, 12, 3)), ("de", "vor 2 Tagen", date(2026, 11, 10)),
        ("de", "morgen", date(2026, 11, 13)), ("en", "this week", None), ("en", "in 3 weeks or so", None),
    ],
)  # fmt: skip
def test_a_date_is_told_from_today_as_in_a_filter(speaking: Open, language: str, typed: str, day: date | None) -> None:
    services = speaking(language)
    field = services.catalogue.field("lead", "return_on")
    if day is not None:
        assert services.values.parse(field, typed) == day
    else:
        with pytest.raises(UserError, match="Needs a date"):
            services.values.parse(field, typed)


def test_a_day_far_away_is_refused_or_searched_for(speaking: Open) -> None:
    lists = speaking("en").lists
    with pytest.raises(UserError, match="not a day"):
        lists.parse("lead", "added>=99999999 weeks ago")
    assert "days" in str(lists.parse("lead", "visit in 999999999 days").where)


WORDS = st.sampled_from(
    ["no", "visit", "in", "the", "last", "60", "days", "since", "1", "May", "call", "contact", "3", "weeks", "ago",
     "this", "month", "task", "e-mail", "OR", "score", "2026-05-01", "-", "(", "today"]
)  # fmt: skip
NODES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Words, WORDS),
    st.builds(Compare, st.just("created_at"), st.just(Op.AT_LEAST), st.builds(Days, st.integers(-99, 99))),
    st.builds(Compare, st.just("return_on"), st.just(Op.LESS), st.builds(Months, st.integers(-99, 99)) | st.dates()),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nodes=st.lists(NODES, max_size=9))
def test_words_searched_for_are_never_read_as_a_sentence(speaking: Open, nodes: list[Node]) -> None:
    for language in ("en", "de"):
        lists = speaking(language).lists
        wanted = Filter("lead", both(*nodes))
        assert lists.parse("lead", lists.text(wanted)) == wanted


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=12))
def test_any_words_are_a_filter_or_a_sentence(speaking: Open, words: list[str]) -> None:
    lists = speaking("en").lists
    try:
        found = lists.parse("lead", " ".join(words))
    except UserError as error:
        assert error.sentence
    else:
        assert lists.parse("lead", lists.text(found)) == found


@pytest.mark.parametrize(("typed", "offered", "put"), [
    ("no vi", "no visit in 60 days", "no visit in 60 days"),
    ("score>70 no act", "no activity in 60 days", "no activity in 60 days"),
    ("vis", "visit in 30 days", "visit in 30 days"),
    ("no visit in 6", "no visit in 60 days", "no visit in 60 days"),
    ("Add", "Added", "Added"),
    ("last c", "Last contact", '"Last contact"'),
    ('"Last c', "Last contact", '"Last contact"'),
    ("comp", "Company", '"Company"'),
    ("likes", "Likes tea", '"Likes tea"'),
    ('"Last contact">=', "-30d", "-30d"),
    ("activities(Type:E-m", "E-mail received", "email_in"),
])  # fmt: skip
def test_words_and_labels_are_offered(speaking: Open, typed: str, offered: str, put: str) -> None:
    lists = speaking("en").lists
    found = lists.place("lead", typed)
    known = lists.suggestions(found)
    assert known[offered] == put
    assert offered.lower().startswith(found.begun.lower())
    assert typed[found.start :].lstrip('"') == found.begun


def test_a_field_is_offered_once_unless_its_sign_is_typed(speaking: Open) -> None:
    lists = speaking("en").lists
    named = [name for name in lists.suggestions(lists.place("lead", "nex")) if name.lower().startswith("next")]
    assert named == ["Next activity", "Next step"]
    assert "next_step" in lists.suggestions(lists.place("lead", "next_"))


@pytest.mark.parametrize("label", ODD)
def test_every_label_that_is_offered_is_understood(speaking: Open, label: str) -> None:
    lists = speaking("en").lists
    offered = lists.suggestions(lists.place("lead", "xx"))[label]
    typed = f"score>5 {offered}:x"
    found = lists.parse("lead", typed)
    assert lists.parse("lead", lists.text(found)) == found
    place = lists.place("lead", typed)
    assert place.field is not None and place.field.label == label and place.begun == "x"


def test_every_sentence_that_is_offered_is_understood(speaking: Open) -> None:
    for language in ("en", "de"):
        services = speaking(language)
        offered = [
            (kind.name, words)
            for kind in services.catalogue
            for words in services.lists.suggestions(services.lists.place(kind.name, "xx"))
            if words.endswith(("0 days", "0 Tagen"))
        ]
        assert len(offered) > 50
        for kind, words in offered:
            found = services.lists.parse(kind, words).where
            assert not isinstance(found, Words) and "Words" not in str(found), words


def test_labels_of_things_are_told_apart(speaking: Open) -> None:
    services = speaking("en")
    speech = services.values.speech(services.catalogue, services.labels)
    things = speech.things(services.catalogue.kind("lead"))
    assert things["task"].relation is not None and things["task"].relation.name == "tasks"
    assert things["contact"] == Thing(None)
    assert speech.times.read("1 May 2026", Side.AHEAD) == date(2026, 5, 1)
