"""Schema 2: statuses of leads by name, roles over time, relations, occasions, conversions and merged records."""

import apsw

STATEMENTS = (
    'CREATE TABLE "lead_status" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "name" TEXT NOT '
    "NULL, \"type\" TEXT NOT NULL CHECK (type IN ('open', 'working', 'qualified', 'converted', 'recycled', "
    "'disqualified')), \"position\" INTEGER)",
    "CREATE INDEX lead_status_bin ON lead_status (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "employment" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "person_id" '
    'INTEGER, "company_id" INTEGER, "job_title" TEXT, "department" TEXT, "started_on" TEXT, "ended_on" '
    'TEXT, "note" TEXT, "created_at" TEXT, FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN '
    'KEY ("company_id") REFERENCES "company" ("id"))',
    "CREATE INDEX employment_person_id ON employment (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX employment_company_id ON employment (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX employment_bin ON employment (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "relation" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "type" TEXT NOT NULL '
    "CHECK (type IN ('knows', 'colleague', 'spouse', 'relative', 'partner', 'competitor', 'reports_to', "
    "'manages', 'assists', 'assisted_by', 'referred_by', 'referred', 'supplies', 'supplied_by', "
    '\'advises\', \'advised_by\')), "person_id" INTEGER, "company_id" INTEGER, "other_person_id" INTEGER, '
    '"other_company_id" INTEGER, "note" TEXT, "created_at" TEXT, FOREIGN KEY ("person_id") REFERENCES '
    '"person" ("id"), FOREIGN KEY ("company_id") REFERENCES "company" ("id"), FOREIGN KEY '
    '("other_person_id") REFERENCES "person" ("id"), FOREIGN KEY ("other_company_id") REFERENCES '
    '"company" ("id"), CHECK ((person_id IS NOT NULL) + (company_id IS NOT NULL) = 1), CHECK '
    "((other_person_id IS NOT NULL) + (other_company_id IS NOT NULL) = 1))",
    "CREATE INDEX relation_person_id ON relation (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX relation_company_id ON relation (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX relation_other_person_id ON relation (other_person_id) WHERE other_person_id IS NOT NULL",
    "CREATE INDEX relation_other_company_id ON relation (other_company_id) WHERE other_company_id IS NOT NULL",
    "CREATE INDEX relation_bin ON relation (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "occasion" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "name" TEXT NOT NULL,'
    ' "person_id" INTEGER, "company_id" INTEGER, "day" TEXT, "note" TEXT, "created_at" TEXT, FOREIGN KEY '
    '("person_id") REFERENCES "person" ("id"), FOREIGN KEY ("company_id") REFERENCES "company" ("id"), '
    "CHECK ((person_id IS NOT NULL) + (company_id IS NOT NULL) = 1))",
    "CREATE INDEX occasion_person_id ON occasion (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX occasion_company_id ON occasion (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX occasion_bin ON occasion (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "contact_role" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "deal_id" '
    "INTEGER, \"person_id\" INTEGER, \"role\" TEXT CHECK (role IN ('decides', 'approves', 'influences', "
    '\'uses\')), "created_at" TEXT, FOREIGN KEY ("deal_id") REFERENCES "deal" ("id"), FOREIGN KEY '
    '("person_id") REFERENCES "person" ("id"))',
    "CREATE INDEX contact_role_deal_id ON contact_role (deal_id) WHERE deal_id IS NOT NULL",
    "CREATE INDEX contact_role_person_id ON contact_role (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX contact_role_bin ON contact_role (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "conversion" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "lead_id" INTEGER, '
    '"person_id" INTEGER, "company_id" INTEGER, "deal_id" INTEGER, "person_made" INTEGER NOT NULL, '
    '"company_made" INTEGER NOT NULL, "deal_made" INTEGER NOT NULL, "converted_on" TEXT, "created_at" '
    'TEXT, FOREIGN KEY ("lead_id") REFERENCES "lead" ("id"), FOREIGN KEY ("person_id") REFERENCES '
    '"person" ("id"), FOREIGN KEY ("company_id") REFERENCES "company" ("id"), FOREIGN KEY ("deal_id") '
    'REFERENCES "deal" ("id"))',
    "CREATE INDEX conversion_lead_id ON conversion (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX conversion_person_id ON conversion (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX conversion_company_id ON conversion (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX conversion_deal_id ON conversion (deal_id) WHERE deal_id IS NOT NULL",
    "CREATE INDEX conversion_bin ON conversion (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "distinct_pair" ("id" INTEGER NOT NULL PRIMARY KEY, "lead_id" INTEGER, "other_lead_id" '
    'INTEGER, "company_id" INTEGER, "other_company_id" INTEGER, "person_id" INTEGER, "other_person_id" '
    'INTEGER, FOREIGN KEY ("lead_id") REFERENCES "lead" ("id"), FOREIGN KEY ("other_lead_id") REFERENCES '
    '"lead" ("id"), FOREIGN KEY ("company_id") REFERENCES "company" ("id"), FOREIGN KEY '
    '("other_company_id") REFERENCES "company" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" '
    '("id"), FOREIGN KEY ("other_person_id") REFERENCES "person" ("id"), CHECK ((lead_id IS NOT NULL) + '
    "(company_id IS NOT NULL) + (person_id IS NOT NULL) = 1), CHECK ((other_lead_id IS NOT NULL) + "
    "(other_company_id IS NOT NULL) + (other_person_id IS NOT NULL) = 1))",
    "CREATE INDEX distinct_pair_lead_id ON distinct_pair (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX distinct_pair_other_lead_id ON distinct_pair (other_lead_id) WHERE other_lead_id IS NOT NULL",
    "CREATE INDEX distinct_pair_company_id ON distinct_pair (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX distinct_pair_other_company_id ON distinct_pair (other_company_id) WHERE "
    "other_company_id IS NOT NULL",
    "CREATE INDEX distinct_pair_person_id ON distinct_pair (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX distinct_pair_other_person_id ON distinct_pair (other_person_id) WHERE other_person_id IS NOT NULL",
    'ALTER TABLE lead ADD COLUMN "status_id" INTEGER REFERENCES "lead_status" ("id")',
    'ALTER TABLE lead ADD COLUMN "status_reason" TEXT',
    'ALTER TABLE lead ADD COLUMN "return_on" TEXT',
    'ALTER TABLE lead ADD COLUMN "qualification" TEXT',
    'ALTER TABLE lead ADD COLUMN "subscriber_on" TEXT',
    'ALTER TABLE lead ADD COLUMN "lead_on" TEXT',
    'ALTER TABLE lead ADD COLUMN "evangelist_on" TEXT',
    'ALTER TABLE lead ADD COLUMN "converted_on" TEXT',
    'ALTER TABLE lead ADD COLUMN "merged_into_id" INTEGER REFERENCES "lead" ("id")',
    'ALTER TABLE company ADD COLUMN "merged_into_id" INTEGER REFERENCES "company" ("id")',
    'ALTER TABLE person ADD COLUMN "merged_into_id" INTEGER REFERENCES "person" ("id")',
    'ALTER TABLE activity ADD COLUMN "pinned" INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE phone ADD COLUMN "invalid" INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE phone ADD COLUMN "opt_out" INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE address ADD COLUMN "invalid" INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE address ADD COLUMN "opt_out" INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE custom_field ADD COLUMN "target" TEXT',
    'ALTER TABLE custom_field ADD COLUMN "multi" INTEGER NOT NULL DEFAULT 0',
    "CREATE INDEX lead_status_id ON lead (status_id) WHERE status_id IS NOT NULL",
    "CREATE INDEX lead_merged_into_id ON lead (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "CREATE INDEX company_merged_into_id ON company (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "CREATE INDEX person_merged_into_id ON person (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "DROP TABLE lead_row",
    "CREATE TABLE lead_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, company_name TEXT, lifecycle "
    "TEXT, source TEXT, segment TEXT, score INTEGER, value INTEGER, created_at TEXT, status TEXT, "
    "return_on TEXT, last_touch TEXT, last_outreach TEXT, next_activity TEXT, strength INTEGER, "
    "status_type TEXT)",
    "CREATE INDEX lead_row_name ON lead_row (name)",
    "CREATE INDEX lead_row_company_name ON lead_row (company_name)",
    "CREATE INDEX lead_row_lifecycle ON lead_row (lifecycle)",
    "CREATE INDEX lead_row_source ON lead_row (source)",
    "CREATE INDEX lead_row_segment ON lead_row (segment)",
    "CREATE INDEX lead_row_score ON lead_row (score)",
    "CREATE INDEX lead_row_value ON lead_row (value)",
    "CREATE INDEX lead_row_created_at ON lead_row (created_at)",
    "CREATE INDEX lead_row_status ON lead_row (status)",
    "CREATE INDEX lead_row_return_on ON lead_row (return_on)",
    "CREATE INDEX lead_row_last_touch ON lead_row (last_touch)",
    "CREATE INDEX lead_row_last_outreach ON lead_row (last_outreach)",
    "CREATE INDEX lead_row_next_activity ON lead_row (next_activity)",
    "CREATE INDEX lead_row_strength ON lead_row (strength)",
    "CREATE INDEX lead_row_status_type ON lead_row (status_type)",
    "DROP TABLE company_row",
    "CREATE TABLE company_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, industry TEXT, segment TEXT, "
    "employees INTEGER, revenue INTEGER, created_at TEXT, last_touch TEXT, last_outreach TEXT, "
    "next_activity TEXT, strength INTEGER, open_deals INTEGER)",
    "CREATE INDEX company_row_name ON company_row (name)",
    "CREATE INDEX company_row_industry ON company_row (industry)",
    "CREATE INDEX company_row_segment ON company_row (segment)",
    "CREATE INDEX company_row_employees ON company_row (employees)",
    "CREATE INDEX company_row_revenue ON company_row (revenue)",
    "CREATE INDEX company_row_created_at ON company_row (created_at)",
    "CREATE INDEX company_row_last_touch ON company_row (last_touch)",
    "CREATE INDEX company_row_last_outreach ON company_row (last_outreach)",
    "CREATE INDEX company_row_next_activity ON company_row (next_activity)",
    "CREATE INDEX company_row_strength ON company_row (strength)",
    "CREATE INDEX company_row_open_deals ON company_row (open_deals)",
    "DROP TABLE person_row",
    "CREATE TABLE person_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, company TEXT, segment TEXT, "
    "created_at TEXT, last_touch TEXT, last_outreach TEXT, next_activity TEXT, strength INTEGER)",
    "CREATE INDEX person_row_name ON person_row (name)",
    "CREATE INDEX person_row_company ON person_row (company)",
    "CREATE INDEX person_row_segment ON person_row (segment)",
    "CREATE INDEX person_row_created_at ON person_row (created_at)",
    "CREATE INDEX person_row_last_touch ON person_row (last_touch)",
    "CREATE INDEX person_row_last_outreach ON person_row (last_outreach)",
    "CREATE INDEX person_row_next_activity ON person_row (next_activity)",
    "CREATE INDEX person_row_strength ON person_row (strength)",
    "CREATE TABLE lead_status_row (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE VIRTUAL TABLE lead_status_search USING fts5(text, content='', contentless_delete=1, "
    "detail=none, prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE employment_row (id INTEGER NOT NULL PRIMARY KEY, started_on TEXT, ended_on TEXT)",
    "CREATE INDEX employment_row_started_on ON employment_row (started_on)",
    "CREATE INDEX employment_row_ended_on ON employment_row (ended_on)",
    "CREATE VIRTUAL TABLE employment_search USING fts5(text, content='', contentless_delete=1, "
    "detail=none, prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE relation_row (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE VIRTUAL TABLE relation_search USING fts5(text, content='', contentless_delete=1, detail=none,"
    " prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE occasion_row (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE VIRTUAL TABLE occasion_search USING fts5(text, content='', contentless_delete=1, detail=none,"
    " prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE contact_role_row (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE VIRTUAL TABLE contact_role_search USING fts5(text, content='', contentless_delete=1, "
    "detail=none, prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE conversion_row (id INTEGER NOT NULL PRIMARY KEY, converted_on TEXT)",
    "CREATE INDEX conversion_row_converted_on ON conversion_row (converted_on)",
    "CREATE VIRTUAL TABLE conversion_search USING fts5(text, content='', contentless_delete=1, "
    "detail=none, prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
)

STATUSES = (
    ("New", "open"),
    ("Contacted", "working"),
    ("Nurturing", "working"),
    ("Qualified", "qualified"),
    ("Converted", "converted"),
    ("Recycled", "recycled"),
    ("Disqualified", "disqualified"),
)


def upgrade(connection: apsw.Connection) -> None:
    """Adds the tables and columns and names the state of each lead.

    The state of a lead lies elsewhere from now on, so what was done before cannot be undone.
    """
    for statement in STATEMENTS:
        connection.execute(statement)
    device = int(connection.execute("SELECT value FROM meta WHERE name = 'device'").get)
    last = connection.execute(
        "UPDATE counter SET last = last + ? WHERE scope = 'record' AND device = ? RETURNING last",
        (len(STATUSES), device),
    ).get
    first = (device << 40) + last - len(STATUSES) + 1
    for position, (name, type_) in enumerate(STATUSES, start=1):
        connection.execute(
            "INSERT INTO lead_status (id, name, type, position) VALUES (?, ?, ?, ?)",
            (first + position - 1, name, type_, position),
        )
    connection.execute("UPDATE lead SET status_id = (SELECT min(s.id) FROM lead_status s WHERE s.type = lead.status)")
    connection.execute("INSERT OR REPLACE INTO meta SELECT 'undo_barrier', max(id) FROM action HAVING max(id)")
    connection.execute("INSERT INTO meta VALUES ('derived', 'stale')")
