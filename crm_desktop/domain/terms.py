"""The enumerations of sales and customer care; stored as text and checked by the database."""

from collections.abc import Mapping
from enum import StrEnum


class LeadStatus(StrEnum):
    """The fixed type behind the working state of a lead."""

    OPEN = "open"
    WORKING = "working"
    QUALIFIED = "qualified"
    CONVERTED = "converted"
    RECYCLED = "recycled"
    DISQUALIFIED = "disqualified"


class Lifecycle(StrEnum):
    """How far a relation has come, in order; moves forward by itself and back only by hand."""

    SUBSCRIBER = "subscriber"
    LEAD = "lead"
    MQL = "mql"
    SQL = "sql"
    OPPORTUNITY = "opportunity"
    CUSTOMER = "customer"
    EVANGELIST = "evangelist"


NEXT = {Lifecycle.SUBSCRIBER: Lifecycle.LEAD, Lifecycle.LEAD: Lifecycle.MQL, Lifecycle.MQL: Lifecycle.SQL}
"""What qualifying makes of a lead; who is an SQL is converted."""


class StageCategory(StrEnum):
    """What a stage means for the deal in it, whatever its name."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class ProbabilitySource(StrEnum):
    """Who set the likelihood of a deal."""

    STAGE = "stage"
    MANUAL = "manual"
    PREDICTED = "predicted"


class LostReason(StrEnum):
    """Why a deal was lost; `postponed` is not among them, a postponed deal is snoozed."""

    PRICE = "price"
    COMPETITION = "competition"
    BUDGET = "budget"
    MISSING_FEATURE = "missing_feature"
    NO_ANSWER = "no_answer"
    NO_NEED = "no_need"
    OTHER = "other"


class ActivityType(StrEnum):
    """How somebody was in touch."""

    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    EMAIL_IN = "email_in"
    EMAIL_OUT = "email_out"
    LETTER = "letter"
    VOICEMAIL = "voicemail"
    CHAT = "chat"
    NOTE = "note"


TWO_WAY = frozenset(
    {ActivityType.CALL, ActivityType.VISIT, ActivityType.MEETING, ActivityType.EMAIL_IN, ActivityType.CHAT}
)
"""Activities that count as a touch: both sides took part."""

OUTREACH = TWO_WAY - {ActivityType.EMAIL_IN} | {ActivityType.EMAIL_OUT, ActivityType.LETTER, ActivityType.VOICEMAIL}
"""Activities in which we reached out."""


class Outcome(StrEnum):
    """How an activity went."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class TaskType(StrEnum):
    """What a follow-up asks for."""

    TASK = "task"
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    EMAIL = "email"
    QUOTE = "quote"


class BuyingRole(StrEnum):
    """The part a person has in the decision of a company."""

    DECIDES = "decides"
    APPROVES = "approves"
    INFLUENCES = "influences"
    USES = "uses"


class RelationType(StrEnum):
    """How a person or company stands to another; `inverse` is how the other stands to it."""

    KNOWS = "knows"
    COLLEAGUE = "colleague"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    PARTNER = "partner"
    COMPETITOR = "competitor"
    REPORTS_TO = "reports_to"
    MANAGES = "manages"
    ASSISTS = "assists"
    ASSISTED_BY = "assisted_by"
    REFERRED_BY = "referred_by"
    REFERRED = "referred"
    SUPPLIES = "supplies"
    SUPPLIED_BY = "supplied_by"
    ADVISES = "advises"
    ADVISED_BY = "advised_by"

    @property
    def inverse(self) -> "RelationType":
        """The same relation seen from the other side."""
        return _INVERSE.get(self, self)


_PAIRS = (
    (RelationType.REPORTS_TO, RelationType.MANAGES),
    (RelationType.ASSISTS, RelationType.ASSISTED_BY),
    (RelationType.REFERRED_BY, RelationType.REFERRED),
    (RelationType.SUPPLIES, RelationType.SUPPLIED_BY),
    (RelationType.ADVISES, RelationType.ADVISED_BY),
)
_INVERSE = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


WEIGHTS: Mapping[ActivityType, int] = {
    ActivityType.VISIT: 10,
    ActivityType.MEETING: 10,
    ActivityType.CALL: 5,
    ActivityType.EMAIL_IN: 4,
    ActivityType.CHAT: 3,
}
"""What a touch adds to the strength of a relation on its day (semantics 4.13, engagement score)."""

HALF_LIFE = 45
"""Days after which a touch counts half."""
