"""Exports of well-known programs: their signature columns and which column holds which of our fields.

Header names are those of English exports; a file in another language is matched by synonyms and
values instead. Owners are left out: the program has one user, so they belong in a note.
"""

from collections.abc import Sequence

from crm_desktop.formats.preset import Preset


def recognise(columns: Sequence[str]) -> tuple[Preset, ...]:
    """The presets a file answers to: of one program, and one for each kind of record in it."""
    matching = [preset for preset in PRESETS if preset.matches(columns)]
    return tuple(preset for preset in matching if preset.source == matching[0].source)


def presets_of(source: str) -> tuple[Preset, ...]:
    """All presets of one program, by its short name."""
    return tuple(preset for preset in PRESETS if preset.source == source)


def _fields(**columns: str) -> dict[str, tuple[str, ...]]:
    """Our fields, each with its columns separated by |."""
    return {name: tuple(wanted.split("|")) for name, wanted in columns.items()}


_NAME = _fields(first_name="First Name", last_name="Last Name")
_GOOGLE = {
    "email": tuple(f"E-mail {n} - Value" for n in range(1, 10)),
    "phone": tuple(f"Phone {n} - Value" for n in range(1, 10)),
    **_fields(
        salutation="Name Prefix",
        company="Organization Name|Organization 1 - Name",
        job_title="Organization Title|Organization 1 - Title",
        department="Organization Department|Organization 1 - Department",
        street="Address 1 - Street",
        city="Address 1 - City",
        region="Address 1 - Region",
        postcode="Address 1 - Postal Code",
        country="Address 1 - Country",
        website="Website 1 - Value",
        birthday="Birthday",
        note="Notes",
        tags="Labels|Group Membership",
    ),
}
_OUTLOOK = _NAME | _fields(
    salutation="Title",
    email="E-mail Address|E-mail 2 Address|E-mail 3 Address",
    phone="Primary Phone|Business Phone|Business Phone 2|Mobile Phone|Home Phone|Home Phone 2|Other Phone|Car Phone",
    company="Company",
    job_title="Job Title",
    department="Department",
    street="Business Street|Business Street 2|Business Street 3",
    city="Business City",
    region="Business State",
    postcode="Business Postal Code",
    country="Business Country/Region|Business Country",
    website="Web Page",
    birthday="Birthday",
    note="Notes",
    tags="Categories",
)
_HUBSPOT_ADDRESS = _fields(
    street="Street Address",
    city="City",
    region="State/Region",
    postcode="Postal Code",
    country="Country/Region",
    created_at="Create Date",
)
_ZOHO_PERSON = _NAME | _fields(
    source_id="Record Id|Contact Id",
    salutation="Salutation",
    company="Account Name|Company Name",
    job_title="Title",
    department="Department",
    email="Email|Secondary Email",
    phone="Phone|Mobile|Home Phone|Other Phone",
    birthday="Date of Birth",
    street="Mailing Street",
    city="Mailing City",
    region="Mailing State",
    postcode="Mailing Zip",
    country="Mailing Country",
    source="Lead Source",
    note="Description",
    tags="Tag",
    opt_out="Email Opt Out|Unsubscribed Mode",
    created_at="Created Time",
)
_ZOHO_LEAD = _NAME | _fields(
    source_id="Record Id",
    name="Lead Name",
    company="Company",
    email="Email",
    phone="Phone|Mobile",
    source="Lead Source",
    status="Lead Status",
    street="Street",
    city="City",
    region="State",
    postcode="Zip Code",
    country="Country",
    opt_out="Email Opt Out",
    created_at="Created Time",
)
_ZOHO_DEAL = _fields(
    source_id="Record Id|Deal Id",
    name="Deal Name",
    company="Account Name|Company Name",
    person="Contact Name",
    amount="Amount",
    stage="Stage",
    pipeline="Sub-Pipeline|Pipeline",
    probability="Probability (%)",
    expected_close="Closing Date",
    next_step="Next Step",
    source="Lead Source",
    lost_reason="Reason For Loss",
    opened_on="Created Time",
    note="Description",
)
_PIPEDRIVE_DEAL = _fields(
    source_id="Deal - ID",
    name="Deal - Title",
    company="Deal - Organization|Organization - Name",
    person="Deal - Contact person|Person - Name",
    amount="Deal - Value",
    currency="Deal - Currency of Value",
    stage="Deal - Stage",
    pipeline="Deal - Pipeline",
    probability="Deal - Probability",
    opened_on="Deal - Deal created",
    expected_close="Deal - Expected close date",
    closed_on="Deal - Deal closed on|Deal - Won time|Deal - Lost time",
    lost_reason="Deal - Lost reason",
    product="Deal - Product name",
    source="Deal - Source channel|Deal - Source origin",
)
_PIPEDRIVE_PLACES = ("- Work", "(Work)", "- Mobile", "(Mobile)", "- Home", "(Home)", "- Other", "(Other)")
_PIPEDRIVE_PERSON = _fields(
    source_id="Person - ID",
    name="Person - Name",
    first_name="Person - First name",
    last_name="Person - Last name",
    company="Person - Organization|Organization - Name",
    tags="Person - Label(s)|Person - Label",
    created_at="Person - Person created",
) | {
    "email": tuple(f"Person - Email {place}" for place in _PIPEDRIVE_PLACES),
    "phone": tuple(f"Person - Phone {place}" for place in _PIPEDRIVE_PLACES),
}
_PIPEDRIVE_COMPANY = _fields(
    source_id="Organization - ID",
    name="Organization - Name",
    street="Organization - Address",
    city="Organization - City/town/village/locality of Address",
    tags="Organization - Label(s)|Organization - Label",
    created_at="Organization - Organization created",
)
_SALESFORCE_LEAD = _NAME | _fields(
    job_title="Title",
    company="Company / Account|Company",
    email="Email",
    phone="Phone|Mobile|MobilePhone",
    street="Street",
    city="City",
    region="State/Province|State",
    postcode="Zip/Postal Code|PostalCode",
    country="Country",
    source="Lead Source|LeadSource",
    status="Lead Status|Status",
    opt_out="Email Opt Out|HasOptedOutOfEmail|Do Not Call|DoNotCall",
)
_SALESFORCE_PERSON = _NAME | _fields(
    salutation="Salutation",
    job_title="Title",
    department="Department",
    company="Account Name",
    street="Mailing Street|MailingStreet",
    city="Mailing City|MailingCity",
    region="Mailing State/Province|MailingState",
    postcode="Mailing Zip/Postal Code|MailingPostalCode",
    country="Mailing Country|MailingCountry",
    phone="Phone|Mobile|MobilePhone|Home Phone|HomePhone|Other Phone|OtherPhone",
    email="Email",
    source="Lead Source|LeadSource",
    birthday="Birthdate",
    opt_out="Email Opt Out|HasOptedOutOfEmail|Do Not Call|DoNotCall",
)
_SALESFORCE_COMPANY = _fields(
    name="Account Name|Name",
    street="Billing Street|BillingStreet",
    city="Billing City|BillingCity",
    region="Billing State/Province|BillingState",
    postcode="Billing Zip/Postal Code|BillingPostalCode",
    country="Billing Country|BillingCountry",
    phone="Phone",
    website="Website",
    industry="Industry",
    annual_revenue="Annual Revenue|AnnualRevenue",
    employees="Employees|NumberOfEmployees",
    parent="Parent Account",
    note="Description",
    created_at="Created Date|CreatedDate",
)
_SALESFORCE_DEAL = _fields(
    name="Opportunity Name|Name",
    company="Account Name",
    amount="Amount",
    currency="Amount Currency|CurrencyIsoCode",
    stage="Stage|StageName",
    probability="Probability (%)|Probability",
    expected_close="Close Date|CloseDate",
    opened_on="Created Date|CreatedDate",
    next_step="Next Step|NextStep",
    source="Lead Source|LeadSource",
    note="Description",
)
_SALESFORCE_IDS = _fields(source_id="Id", first_name="FirstName", last_name="LastName")

PRESETS: tuple[Preset, ...] = (
    Preset("google", "person", _NAME | _GOOGLE, all_of=("E-mail 1 - Label", "Organization Name")),
    Preset(
        "google",
        "person",
        _fields(first_name="Given Name", last_name="Family Name", name="Name") | _GOOGLE,
        all_of=("Given Name", "Group Membership", "E-mail 1 - Type"),
    ),
    Preset("outlook", "person", _OUTLOOK, all_of=("Business Country/Region", "E-mail Address")),
    Preset(
        "outlook.com",
        "person",
        _OUTLOOK,
        all_of=("E-mail Address", "Business Country"),
        none_of=("Business Country/Region",),
    ),
    Preset(
        "linkedin",
        "person",
        _NAME | _fields(email="Email Address", company="Company", job_title="Position", website="URL"),
        all_of=("Connected On", "Position"),
    ),
    # The more telling signature first: Bigin shares columns with Zoho CRM, and that with HubSpot.
    Preset("bigin", "deal", _ZOHO_DEAL, all_of=("Sub-Pipeline", "Deal Owner.id")),
    Preset("bigin", "person", _ZOHO_PERSON, all_of=("Contact Id", "Contact Owner.id")),
    Preset("zoho", "person", _ZOHO_PERSON, all_of=("Record Id", "Contact Owner.id")),
    Preset("zoho", "lead", _ZOHO_LEAD, all_of=("Record Id", "Lead Owner.id")),
    Preset("zoho", "deal", _ZOHO_DEAL, all_of=("Record Id", "Deal Owner.id")),
    Preset(
        "hubspot",
        "deal",
        _fields(
            source_id="Record ID",
            name="Deal Name",
            company="Associated Company",
            amount="Amount",
            currency="Currency",
            stage="Deal Stage",
            pipeline="Pipeline",
            opened_on="Create Date",
            expected_close="Close Date",
            probability="Deal probability",
            lost_reason="Closed lost reason",
            next_step="Next step",
        ),
        all_of=("Record ID", "Deal Name"),
    ),
    Preset(
        "hubspot",
        "person",
        _NAME
        | _HUBSPOT_ADDRESS
        | _fields(
            source_id="Record ID",
            email="Email",
            phone="Phone Number|Mobile Phone Number",
            job_title="Job Title",
            company="Company Name|Associated Company",
            status="Lead Status",
            lifecycle="Lifecycle Stage",
            opt_out="Unsubscribed from all email",
        ),
        all_of=("Record ID", "Last Name"),
        any_of=("Lifecycle Stage", "Company name", "Associated Company", "Contact owner"),
        none_of=("Deal Name",),
    ),
    Preset(
        "hubspot",
        "company",
        _HUBSPOT_ADDRESS
        | _fields(
            source_id="Record ID",
            name="Company name",
            domain="Company Domain Name",
            website="Website URL",
            industry="Industry",
            employees="Number of Employees",
            annual_revenue="Annual Revenue",
            phone="Phone Number",
        ),
        all_of=("Record ID", "Company name"),
        none_of=("Deal Name", "Last Name"),
    ),
    Preset("pipedrive", "deal", _PIPEDRIVE_DEAL, any_of=("Deal - *",)),
    Preset("pipedrive", "person", _PIPEDRIVE_PERSON, any_of=("Person - *",)),
    Preset("pipedrive", "company", _PIPEDRIVE_COMPANY, any_of=("Organization - *",)),
    Preset(
        "pipedrive",
        "activity",
        _fields(subject="Activity - Subject", happened_on="Activity - Due date", note="Note - Content"),
        any_of=("Activity - *", "Note - *"),
    ),
    Preset("salesforce", "deal", _SALESFORCE_DEAL, all_of=("Opportunity Name", "Probability (%)")),
    Preset(
        "salesforce",
        "activity",
        _fields(
            subject="Subject",
            happened_on="Date",
            status="Status",
            company="Company / Account",
            person="Contact",
            deal="Opportunity",
            note="Full Comments",
        ),
        all_of=("Company / Account", "Subject"),
        any_of=("Assigned", "Full Comments"),
    ),
    Preset(
        "salesforce",
        "lead",
        _SALESFORCE_LEAD,
        all_of=("Company / Account",),
        any_of=("Lead Owner", "Lead Status", "Last Name"),
    ),
    Preset("salesforce", "person", _SALESFORCE_PERSON, any_of=("Mailing Zip/Postal Code",)),
    Preset(
        "salesforce",
        "person",
        _SALESFORCE_PERSON,
        all_of=("Account Owner", "Last Name"),
        none_of=("Mailing Zip/Postal Code",),
    ),
    Preset("salesforce", "company", _SALESFORCE_COMPANY, all_of=("Account Owner",), none_of=("Last Name",)),
    Preset("salesforce", "lead", _SALESFORCE_LEAD | _SALESFORCE_IDS, all_of=("IsConverted", "OwnerId")),
    Preset("salesforce", "person", _SALESFORCE_PERSON | _SALESFORCE_IDS, all_of=("LastName", "AccountId", "OwnerId")),
    Preset("salesforce", "deal", _SALESFORCE_DEAL | _fields(source_id="Id"), all_of=("StageName", "OwnerId")),
    Preset("salesforce", "company", _SALESFORCE_COMPANY | _fields(source_id="Id"), all_of=("BillingStreet", "OwnerId")),
    Preset(
        "act",
        "person",
        _fields(
            name="Contact",
            company="Company",
            street="Address 1|Address 2|Address 3",
            city="City",
            region="State",
            postcode="Zip",
            country="Country",
            phone="Phone|Mobile Phone|Alt Phone|Home Phone",
            email="E-mail",
            website="Web Site",
        ),
        all_of=("Contact", "Phone Ext-"),
    ),
    Preset(
        "atomic",
        "person",
        _fields(
            first_name="first_name",
            last_name="last_name",
            job_title="title",
            company="company",
            email="email_work|email_home|email_other",
            phone="phone_work|phone_home|phone_other",
            status="status",
            tags="tags",
            website="linkedin_url",
            note="background",
            created_at="first_seen",
        ),
        all_of=("first_seen", "has_newsletter"),
    ),
)
