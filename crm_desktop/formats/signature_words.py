"""Words of signatures in many languages: what somebody is, greetings, titles, labels; and what a name looks like."""

import re
import unicodedata

from crm_desktop.domain.folding import words

_ROLES = frozenset(words(
    "ceo cto cfo coo cmo vp president director manager head chief officer lead owner founder partner engineer"
    " consultant buyer purchasing procurement sales marketing assistant secretary coordinator specialist analyst"
    " architect supervisor administrator representative executive chef leiter leiterin leitung geschäftsführer"
    " geschäftsführerin einkauf einkäufer einkäuferin vertrieb inhaber inhaberin prokurist prokuristin assistenz"
    " assistentin referent referentin directeur directrice responsable gerente acheteur acheteuse jefe jefa"
    " comercial директор менеджер генеральный руководитель начальник инженер бухгалтер специалист заместитель отдел"
    " отдела закупок закупки продаж продажи маркетинг маркетинга председатель президент управляющий консультант"
    " аналитик секретарь владелец учредитель помощник διευθυντής διευθύντρια"
))  # fmt: skip
_ROLE_INSIDE = re.compile(
    "مدير|رئيس|محاسب|مسؤول|مستشار|سكرتير|مشرف|منسق|مبيعات|تسويق|مشتريات"
    '|מנכ["״]?ל|סמנכ["״]?ל|מנהל|יו["״]ר|מהנדס|רכש|מכירות|שיווק|מזכיר|יועץ|יועצת'
    "|经理|經理|总监|總監|董事|主任|主管|工程师|工程師|专员|專員|秘书|秘書|总裁|總裁|会计|销售|銷售|采购|採購|教授"
    "|部長|課長|係長|社長|取締役|代表|担当|室長|エンジニア|マネージャー"
    "|(?:営業|総務|人事|経理|開発|企画|技術|購買|販売|広報|法務|情報|製造|品質|管理|事業)\\S*[部課室](?=\\s|$)"
    "|(?:대표|대표이사|이사|부장|과장|대리|사원|팀장|본부장|실장|주임|매니저|사장|회장)(?=\\s|$)"
    "|(?i:[a-zäöü]leiter(?:in)?)(?=\\s|$)"
)
"""Of scripts whose words have no case, or no gap between them, and of German, which joins them."""
_GREETINGS = frozenset(words(
    "regards best kind kindest sincerely thanks thank cheers yours mit freundlichen grüßen viele grüße mfg"
    " cordialement saludos atentamente sent from my iphone с уважением спасибо наилучшими пожеланиями з повагою με"
    " εκτίμηση مع أطيب التحيات تحياتي التحية خالص وتفضلوا بقبول فائق الاحترام شكرا لكم السلام عليكم בברכה תודה בכבוד"
    " רב 此致 敬礼 敬禮 谢谢 謝謝 祝好 顺祝商祺 敬具 よろしくお願いいたします よろしくお願いします"
    " よろしくお願い申し上げます お世話になっております 감사합니다 드림"
))  # fmt: skip
_TITLES = frozenset(
    "mr mrs ms miss dr prof dr.-ing dipl.-ing dipl.-kfm herr frau mme"
    " m г-н г-жа д-р проф د م أ السيد السيدة الدكتور الدكتورة المهندس المهندسة"
    ' الأستاذ الأستاذة ד"ר ד״ר מר גב׳ גב\' עו"ד עו״ד'.split()
)
_ON_BEHALF = re.compile(r"^(?:i\.\s?[AV]\.|ppa\.)\s*")
"""What Germans write before a name that signs for somebody else."""
_PRONOUNS = re.compile(r"\s*\((?:he|she|they|er|sie|il|elle)\b[^)]*\)?$", re.IGNORECASE)
_HONOUR = re.compile("(?:先生|女士|小姐|様|さん|님|씨)$")
_LABEL = re.compile(
    r"^\W*(e-?mail|mail|t[ée]l(?:efon|[ée]phone|[ée]fono)?|phone|fon|mobile?|mobil|m[óo]vil|portable|cell|handy|direct|office"
    r"|web|website|internet|homepage|www|fax|m|t|p"
    r"|e|w|f|d|тел|телефон|моб|мобильный|почта|сайт|факс|هاتف|الهاتف|جوال|الجوال|موبايل|فاكس|البريد|البريد الإلكتروني"
    r"|טל|טל׳|טלפון|נייד|דוא[\"״]ל|מייל|פקס|电话|電話|手机|手機|邮箱|郵箱|邮件|传真|傳真|メール|携帯|전화|휴대폰|이메일|팩스"
    r")\W*$",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"(?:\b(?:mob\w*|handy|cell\w*|portable|móvil|m)|моб\w*|جوال|موبايل|נייד|手机|手機|携帯|휴대폰)[\s.:：]*\(?\+?$",
    re.IGNORECASE,
)
_COUNTRIES = frozenset(map(str.casefold, (
    "Germany", "Deutschland", "Allemagne", "Austria", "Österreich", "Switzerland", "Schweiz", "Suisse", "Svizzera",
    "Liechtenstein", "Luxembourg", "Luxemburg", "Belgium", "Belgien", "Belgique", "België", "Netherlands",
    "The Netherlands", "Niederlande", "Nederland", "France", "Frankreich", "Spain", "Spanien", "España", "Portugal",
    "Italy", "Italien",
    "Italia", "United Kingdom", "Great Britain", "UK", "England", "Scotland", "Wales", "Northern Ireland", "Ireland",
    "Irland", "Denmark", "Dänemark", "Danmark", "Sweden", "Schweden", "Sverige", "Norway", "Norwegen", "Norge",
    "Finland", "Finnland", "Suomi", "Iceland", "Poland", "Polen", "Polska", "Czechia", "Czech Republic", "Tschechien",
    "Česko", "Slovakia", "Slowakei", "Slovenia", "Hungary", "Ungarn", "Magyarország", "Romania", "România", "Bulgaria",
    "Greece", "Griechenland", "Ελλάδα", "Croatia", "Kroatien", "Serbia", "Estonia", "Latvia", "Lithuania", "Malta",
    "Cyprus", "Turkey", "Türkei", "Türkiye", "Ukraine", "Україна", "Россия", "Israel", "ישראל", "Egypt", "مصر",
    "المملكة العربية السعودية", "Saudi Arabia", "United Arab Emirates", "UAE", "الإمارات العربية المتحدة", "USA",
    "United States", "United States of America", "Vereinigte Staaten", "Canada", "Kanada", "Mexico", "México", "Brazil",
    "Brasil", "Brasilien", "Argentina", "Chile", "Colombia", "Australia", "Australien", "New Zealand", "South Africa",
    "India", "Indien", "China", "中国", "中國", "Japan", "日本", "South Korea", "대한민국", "Singapore",
    "Hong Kong", "Taiwan",
)))  # fmt: skip
"""Names of countries as signatures have them: in English, in German, and as they call themselves."""
_JOINTS = frozenset("'’ʼ.-·・־׳״\u200c\u200d")
_DENSE = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff・·]+")
"""Scripts that set names without a gap between their parts."""


def is_label(piece: str) -> bool:
    """Whether a piece only says what stands beside it, such as `Tel.:`."""
    return _LABEL.match(piece) is not None


def is_mobile(before: str) -> bool:
    """Whether what stands before a number says that it is a mobile phone."""
    return _MOBILE.search(before) is not None


def is_country(piece: str) -> bool:
    """Whether a piece is nothing but the name of a country."""
    return piece.casefold() in _COUNTRIES


def is_greeting(piece: str) -> bool:
    """Whether a piece is nothing but a greeting."""
    return set(words(piece)) <= _GREETINGS


def is_role(piece: str) -> bool:
    """Whether a piece says what somebody does or which department they are of."""
    said = words(piece)
    return len(said) <= 8 and (not _ROLES.isdisjoint(said) or _ROLE_INSIDE.search(piece) is not None)


def parted(piece: str) -> tuple[str, str]:
    """A piece of a script without gaps in which a name stands beside what somebody does, as both; ("", piece) else."""
    tokens = piece.split()
    name = " ".join(token for token in tokens if not is_role(token))
    if all(map(_DENSE.fullmatch, tokens)) and (found := name_in(name)):
        return found, " ".join(token for token in tokens if is_role(token))
    return "", piece


def name_in(piece: str) -> str:
    """The name of somebody that a piece is, without titles, in whatever script; empty where it is none.

    A name has two to four words, and begins in capitals where its script has them. Without capitals it has up to six
    words; in scripts without gaps between words it is short.
    """
    piece = _PRONOUNS.sub("", _ON_BEHALF.sub("", piece))
    parts = [_HONOUR.sub("", part) for part in piece.split() if part.strip(".,:").lower() not in _TITLES]
    greeted = any(len(word) > 1 and word in _GREETINGS for word in words(piece))
    if greeted or not parts or not all(map(_is_part, parts)):
        return ""
    if all(map(_DENSE.fullmatch, parts)):
        fits = 2 <= sum(map(len, parts)) <= (14 if re.search("[\u3040-\u30ff]", piece) else 5) and len(parts) <= 3
    elif all(_caseless(part[0]) for part in parts):
        fits = 2 <= len(parts) <= 6
    else:
        fits = 2 <= len(parts) <= 4 and not (_small(parts[0][0]) or _small(parts[-1][0]))
    return " ".join(parts) if fits else ""


def _is_part(part: str) -> bool:
    kinds = [unicodedata.category(sign)[0] for sign in part]
    return bool(kinds) and kinds[0] == "L" and all(k in "LM" or s in _JOINTS for k, s in zip(kinds, part, strict=True))


def _caseless(letter: str) -> bool:
    return letter.lower() == letter.upper()


def _small(letter: str) -> bool:
    return not letter.isupper() and not letter.istitle() and not _caseless(letter)


def starts_large(piece: str) -> bool:
    """Whether a piece begins as names do: in a capital, or in a letter of a script that has none."""
    return not _small(piece[0]) and unicodedata.category(piece[0])[0] == "L"
