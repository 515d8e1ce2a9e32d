"""The enumerations of sales and customer care; stored as text and checked by the database."""

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
