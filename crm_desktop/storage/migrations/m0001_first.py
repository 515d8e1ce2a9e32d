"""Schema 1: leads, companies, people, deals and what belongs to them, with list rows, search and journal."""

import apsw

STATEMENTS = (
    'CREATE TABLE "lead" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "first_name" TEXT, '
    '"last_name" TEXT, "company_name" TEXT, "job_title" TEXT, "department" TEXT, "website" TEXT, "status"'
    " TEXT NOT NULL CHECK (status IN ('open', 'working', 'qualified', 'converted', 'recycled', "
    "'disqualified')), \"lifecycle\" TEXT NOT NULL CHECK (lifecycle IN ('subscriber', 'lead', 'mql', 'sql',"
    " 'opportunity', 'customer', 'evangelist')), \"source\" TEXT, \"source_detail\" TEXT, \"segment\" TEXT, "
    '"industry" TEXT, "score" INTEGER CHECK (score BETWEEN 0 AND 100), "value" INTEGER, "value_currency" '
    'TEXT, "opt_out" INTEGER NOT NULL, "company_id" INTEGER, "person_id" INTEGER, "mql_on" TEXT, "sql_on"'
    ' TEXT, "opportunity_on" TEXT, "customer_on" TEXT, "note" TEXT, "source_system" TEXT, "source_id" '
    'TEXT, "created_at" TEXT, FOREIGN KEY ("company_id") REFERENCES "company" ("id"), FOREIGN KEY '
    '("person_id") REFERENCES "person" ("id"))',
    "CREATE INDEX lead_company_id ON lead (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX lead_person_id ON lead (person_id) WHERE person_id IS NOT NULL",
    "CREATE UNIQUE INDEX lead_origin ON lead (source_system, source_id) WHERE source_id IS NOT NULL AND "
    "deleted_at IS NULL",
    "CREATE INDEX lead_bin ON lead (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "company" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "name" TEXT NOT NULL, '
    '"domain" TEXT, "website" TEXT, "industry" TEXT, "segment" TEXT, "employees" INTEGER, "revenue" '
    'INTEGER, "revenue_currency" TEXT, "founded" INTEGER, "parent_id" INTEGER, "customer" INTEGER NOT '
    'NULL, "customer_since" TEXT, "lost" INTEGER NOT NULL, "lost_on" TEXT, "lost_reason" TEXT, "note" '
    'TEXT, "source_system" TEXT, "source_id" TEXT, "created_at" TEXT, FOREIGN KEY ("parent_id") '
    'REFERENCES "company" ("id"))',
    "CREATE INDEX company_parent_id ON company (parent_id) WHERE parent_id IS NOT NULL",
    "CREATE UNIQUE INDEX company_origin ON company (source_system, source_id) WHERE source_id IS NOT NULL"
    " AND deleted_at IS NULL",
    "CREATE INDEX company_bin ON company (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "person" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "salutation" TEXT, '
    '"first_name" TEXT, "last_name" TEXT, "job_title" TEXT, "department" TEXT, "company_id" INTEGER, '
    "\"role\" TEXT CHECK (role IN ('decides', 'approves', 'influences', 'uses')), \"birthday\" TEXT, "
    '"segment" TEXT, "opt_out" INTEGER NOT NULL, "customer" INTEGER NOT NULL, "customer_since" TEXT, '
    '"lost" INTEGER NOT NULL, "lost_on" TEXT, "lost_reason" TEXT, "note" TEXT, "source_system" TEXT, '
    '"source_id" TEXT, "created_at" TEXT, FOREIGN KEY ("company_id") REFERENCES "company" ("id"))',
    "CREATE INDEX person_company_id ON person (company_id) WHERE company_id IS NOT NULL",
    "CREATE UNIQUE INDEX person_origin ON person (source_system, source_id) WHERE source_id IS NOT NULL "
    "AND deleted_at IS NULL",
    "CREATE INDEX person_bin ON person (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "deal" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "name" TEXT NOT NULL, '
    '"company_id" INTEGER, "person_id" INTEGER, "lead_id" INTEGER, "product_id" INTEGER, "pipeline_id" '
    'INTEGER, "stage_id" INTEGER, "rank" TEXT NOT NULL, "amount" INTEGER, "amount_currency" TEXT, '
    '"probability" INTEGER CHECK (probability BETWEEN 0 AND 100), "probability_source" TEXT NOT NULL '
    "CHECK (probability_source IN ('stage', 'manual', 'predicted')), \"opened_on\" TEXT, \"expected_close\" "
    'TEXT, "closed_on" TEXT, "lost_reason" TEXT, "lost_note" TEXT, "snoozed_until" TEXT, "source" TEXT, '
    '"note" TEXT, "source_system" TEXT, "source_id" TEXT, "created_at" TEXT, FOREIGN KEY ("company_id") '
    'REFERENCES "company" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), FOREIGN KEY '
    '("lead_id") REFERENCES "lead" ("id"), FOREIGN KEY ("product_id") REFERENCES "product" ("id"), '
    'FOREIGN KEY ("pipeline_id") REFERENCES "pipeline" ("id"), FOREIGN KEY ("stage_id") REFERENCES '
    '"stage" ("id"))',
    "CREATE INDEX deal_company_id ON deal (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX deal_person_id ON deal (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX deal_lead_id ON deal (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX deal_product_id ON deal (product_id) WHERE product_id IS NOT NULL",
    "CREATE INDEX deal_pipeline_id ON deal (pipeline_id) WHERE pipeline_id IS NOT NULL",
    "CREATE INDEX deal_stage_id ON deal (stage_id) WHERE stage_id IS NOT NULL",
    "CREATE UNIQUE INDEX deal_origin ON deal (source_system, source_id) WHERE source_id IS NOT NULL AND "
    "deleted_at IS NULL",
    "CREATE INDEX deal_bin ON deal (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "product" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "name" TEXT NOT NULL, '
    '"code" TEXT, "series" TEXT, "price" INTEGER, "price_currency" TEXT, "active" INTEGER NOT NULL, '
    '"note" TEXT, "source_system" TEXT, "source_id" TEXT, "created_at" TEXT)',
    "CREATE UNIQUE INDEX product_origin ON product (source_system, source_id) WHERE source_id IS NOT NULL"
    " AND deleted_at IS NULL",
    "CREATE INDEX product_bin ON product (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "purchase" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "company_id" INTEGER,'
    ' "person_id" INTEGER, "deal_id" INTEGER, "product_id" INTEGER, "bought_on" TEXT, "quantity" REAL, '
    '"amount" INTEGER, "amount_currency" TEXT, "note" TEXT, "source_system" TEXT, "source_id" TEXT, '
    '"created_at" TEXT, FOREIGN KEY ("company_id") REFERENCES "company" ("id"), FOREIGN KEY ("person_id")'
    ' REFERENCES "person" ("id"), FOREIGN KEY ("deal_id") REFERENCES "deal" ("id"), FOREIGN KEY '
    '("product_id") REFERENCES "product" ("id"), CHECK ((company_id IS NOT NULL) + (person_id IS NOT '
    "NULL) = 1))",
    "CREATE INDEX purchase_company_id ON purchase (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX purchase_person_id ON purchase (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX purchase_deal_id ON purchase (deal_id) WHERE deal_id IS NOT NULL",
    "CREATE INDEX purchase_product_id ON purchase (product_id) WHERE product_id IS NOT NULL",
    "CREATE UNIQUE INDEX purchase_origin ON purchase (source_system, source_id) WHERE source_id IS NOT "
    "NULL AND deleted_at IS NULL",
    "CREATE INDEX purchase_bin ON purchase (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "activity" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "type" TEXT NOT NULL '
    "CHECK (type IN ('call', 'visit', 'meeting', 'email_in', 'email_out', 'letter', 'voicemail', 'chat', "
    "'note')), \"subject\" TEXT, \"note\" TEXT, \"outcome\" TEXT CHECK (outcome IN ('positive', 'neutral', "
    '\'negative\')), "happened_on" TEXT, "happened_at" TEXT, "minutes" INTEGER, "source_system" TEXT, '
    '"source_id" TEXT, "created_at" TEXT)',
    "CREATE UNIQUE INDEX activity_origin ON activity (source_system, source_id) WHERE source_id IS NOT "
    "NULL AND deleted_at IS NULL",
    "CREATE INDEX activity_bin ON activity (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "task" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "title" TEXT NOT NULL, '
    "\"type\" TEXT NOT NULL CHECK (type IN ('task', 'call', 'visit', 'meeting', 'email', 'quote')), "
    '"due_on" TEXT, "due_at" TEXT, "done_at" TEXT, "priority" INTEGER, "note" TEXT, "source_system" TEXT,'
    ' "source_id" TEXT, "created_at" TEXT)',
    "CREATE UNIQUE INDEX task_origin ON task (source_system, source_id) WHERE source_id IS NOT NULL AND "
    "deleted_at IS NULL",
    "CREATE INDEX task_bin ON task (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "pipeline" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "name" TEXT NOT NULL,'
    ' "position" INTEGER)',
    "CREATE INDEX pipeline_bin ON pipeline (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "stage" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "name" TEXT NOT NULL, '
    "\"pipeline_id\" INTEGER, \"category\" TEXT NOT NULL CHECK (category IN ('open', 'won', 'lost')), "
    '"probability" INTEGER CHECK (probability BETWEEN 0 AND 100), "position" INTEGER, "rot_days" INTEGER,'
    ' FOREIGN KEY ("pipeline_id") REFERENCES "pipeline" ("id"))',
    "CREATE INDEX stage_pipeline_id ON stage (pipeline_id) WHERE pipeline_id IS NOT NULL",
    "CREATE INDEX stage_bin ON stage (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "stage_log" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "deal_id" INTEGER, '
    '"stage_id" INTEGER, "entered_on" TEXT, FOREIGN KEY ("deal_id") REFERENCES "deal" ("id"), FOREIGN KEY'
    ' ("stage_id") REFERENCES "stage" ("id"))',
    "CREATE INDEX stage_log_deal_id ON stage_log (deal_id) WHERE deal_id IS NOT NULL",
    "CREATE INDEX stage_log_stage_id ON stage_log (stage_id) WHERE stage_id IS NOT NULL",
    "CREATE INDEX stage_log_bin ON stage_log (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "tag" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "name" TEXT NOT NULL)',
    "CREATE INDEX tag_bin ON tag (deleted_at) WHERE deleted_at IS NOT NULL",
    'CREATE TABLE "email" ("id" INTEGER NOT NULL PRIMARY KEY, "position" INTEGER NOT NULL, "label" TEXT, '
    '"lead_id" INTEGER, "company_id" INTEGER, "person_id" INTEGER, "address" TEXT NOT NULL, "invalid" '
    'INTEGER NOT NULL, "opt_out" INTEGER NOT NULL, FOREIGN KEY ("lead_id") REFERENCES "lead" ("id"), '
    'FOREIGN KEY ("company_id") REFERENCES "company" ("id"), FOREIGN KEY ("person_id") REFERENCES '
    '"person" ("id"), CHECK ((lead_id IS NOT NULL) + (company_id IS NOT NULL) + (person_id IS NOT NULL) ='
    " 1))",
    'CREATE INDEX "email_address" ON "email" ("address")',
    "CREATE INDEX email_lead_id ON email (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX email_company_id ON email (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX email_person_id ON email (person_id) WHERE person_id IS NOT NULL",
    'CREATE TABLE "phone" ("id" INTEGER NOT NULL PRIMARY KEY, "position" INTEGER NOT NULL, "label" TEXT, '
    '"lead_id" INTEGER, "company_id" INTEGER, "person_id" INTEGER, "number" TEXT NOT NULL, "e164" TEXT, '
    'FOREIGN KEY ("lead_id") REFERENCES "lead" ("id"), FOREIGN KEY ("company_id") REFERENCES "company" '
    '("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), CHECK ((lead_id IS NOT NULL) + '
    "(company_id IS NOT NULL) + (person_id IS NOT NULL) = 1))",
    'CREATE INDEX "phone_e164" ON "phone" ("e164")',
    "CREATE INDEX phone_lead_id ON phone (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX phone_company_id ON phone (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX phone_person_id ON phone (person_id) WHERE person_id IS NOT NULL",
    'CREATE TABLE "address" ("id" INTEGER NOT NULL PRIMARY KEY, "position" INTEGER NOT NULL, "label" '
    'TEXT, "lead_id" INTEGER, "company_id" INTEGER, "person_id" INTEGER, "street" TEXT, "city" TEXT, '
    '"region" TEXT, "postcode" TEXT, "country" TEXT, FOREIGN KEY ("lead_id") REFERENCES "lead" ("id"), '
    'FOREIGN KEY ("company_id") REFERENCES "company" ("id"), FOREIGN KEY ("person_id") REFERENCES '
    '"person" ("id"), CHECK ((lead_id IS NOT NULL) + (company_id IS NOT NULL) + (person_id IS NOT NULL) ='
    " 1))",
    "CREATE INDEX address_lead_id ON address (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX address_company_id ON address (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX address_person_id ON address (person_id) WHERE person_id IS NOT NULL",
    'CREATE TABLE "activity_link" ("id" INTEGER NOT NULL PRIMARY KEY, "activity_id" INTEGER NOT NULL, '
    '"lead_id" INTEGER, "company_id" INTEGER, "person_id" INTEGER, "deal_id" INTEGER, FOREIGN KEY '
    '("activity_id") REFERENCES "activity" ("id"), FOREIGN KEY ("lead_id") REFERENCES "lead" ("id"), '
    'FOREIGN KEY ("company_id") REFERENCES "company" ("id"), FOREIGN KEY ("person_id") REFERENCES '
    '"person" ("id"), FOREIGN KEY ("deal_id") REFERENCES "deal" ("id"), CHECK ((lead_id IS NOT NULL) + '
    "(company_id IS NOT NULL) + (person_id IS NOT NULL) + (deal_id IS NOT NULL) = 1))",
    "CREATE INDEX activity_link_activity_id ON activity_link (activity_id) WHERE activity_id IS NOT NULL",
    "CREATE INDEX activity_link_lead_id ON activity_link (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX activity_link_company_id ON activity_link (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX activity_link_person_id ON activity_link (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX activity_link_deal_id ON activity_link (deal_id) WHERE deal_id IS NOT NULL",
    'CREATE TABLE "task_link" ("id" INTEGER NOT NULL PRIMARY KEY, "task_id" INTEGER NOT NULL, "lead_id" '
    'INTEGER, "company_id" INTEGER, "person_id" INTEGER, "deal_id" INTEGER, FOREIGN KEY ("task_id") '
    'REFERENCES "task" ("id"), FOREIGN KEY ("lead_id") REFERENCES "lead" ("id"), FOREIGN KEY '
    '("company_id") REFERENCES "company" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), '
    'FOREIGN KEY ("deal_id") REFERENCES "deal" ("id"), CHECK ((lead_id IS NOT NULL) + (company_id IS NOT '
    "NULL) + (person_id IS NOT NULL) + (deal_id IS NOT NULL) = 1))",
    "CREATE INDEX task_link_task_id ON task_link (task_id) WHERE task_id IS NOT NULL",
    "CREATE INDEX task_link_lead_id ON task_link (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX task_link_company_id ON task_link (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX task_link_person_id ON task_link (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX task_link_deal_id ON task_link (deal_id) WHERE deal_id IS NOT NULL",
    'CREATE TABLE "tag_link" ("id" INTEGER NOT NULL PRIMARY KEY, "tag_id" INTEGER NOT NULL, "lead_id" '
    'INTEGER, "company_id" INTEGER, "person_id" INTEGER, "deal_id" INTEGER, FOREIGN KEY ("tag_id") '
    'REFERENCES "tag" ("id"), FOREIGN KEY ("lead_id") REFERENCES "lead" ("id"), FOREIGN KEY '
    '("company_id") REFERENCES "company" ("id"), FOREIGN KEY ("person_id") REFERENCES "person" ("id"), '
    'FOREIGN KEY ("deal_id") REFERENCES "deal" ("id"), CHECK ((lead_id IS NOT NULL) + (company_id IS NOT '
    "NULL) + (person_id IS NOT NULL) + (deal_id IS NOT NULL) = 1))",
    "CREATE INDEX tag_link_tag_id ON tag_link (tag_id) WHERE tag_id IS NOT NULL",
    "CREATE INDEX tag_link_lead_id ON tag_link (lead_id) WHERE lead_id IS NOT NULL",
    "CREATE INDEX tag_link_company_id ON tag_link (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX tag_link_person_id ON tag_link (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX tag_link_deal_id ON tag_link (deal_id) WHERE deal_id IS NOT NULL",
    'CREATE TABLE "custom_field" ("id" INTEGER NOT NULL PRIMARY KEY, "kind" TEXT NOT NULL, "label" TEXT '
    'NOT NULL, "type" TEXT NOT NULL, "choices" TEXT NOT NULL, "position" INTEGER NOT NULL, "deleted_at" '
    "TEXT)",
    'CREATE TABLE "saved_view" ("id" INTEGER NOT NULL PRIMARY KEY, "kind" TEXT NOT NULL, "name" TEXT NOT '
    'NULL, "filter" TEXT NOT NULL, "columns" TEXT NOT NULL, "sort" TEXT, "descending" INTEGER NOT NULL, '
    '"density" TEXT NOT NULL, "position" INTEGER NOT NULL, "deleted_at" TEXT)',
    'CREATE TABLE "loss" ("id" INTEGER NOT NULL PRIMARY KEY, "deleted_at" TEXT, "customer_id" INTEGER NOT'
    ' NULL, "lost_on" TEXT, "returned_on" TEXT, "reason" TEXT NOT NULL)',
    "CREATE INDEX loss_customer ON loss (customer_id)",
    """CREATE VIEW bought AS
SELECT company_id AS customer_id, bought_on, amount, amount_currency FROM purchase
WHERE company_id IS NOT NULL AND deleted_at IS NULL
UNION ALL
SELECT person_id, bought_on, amount, amount_currency FROM purchase
WHERE person_id IS NOT NULL AND deleted_at IS NULL
UNION ALL
SELECT d.company_id, d.closed_on, d.amount, d.amount_currency FROM deal d
WHERE d.company_id IS NOT NULL AND d.deleted_at IS NULL
  AND d.stage_id IN (SELECT id FROM stage WHERE category = 'won')
  AND NOT EXISTS (SELECT 1 FROM purchase p WHERE p.deal_id = d.id AND p.deleted_at IS NULL)
UNION ALL
SELECT d.person_id, d.closed_on, d.amount, d.amount_currency FROM deal d
WHERE d.person_id IS NOT NULL AND d.company_id IS NULL AND d.deleted_at IS NULL
  AND d.stage_id IN (SELECT id FROM stage WHERE category = 'won')
  AND NOT EXISTS (SELECT 1 FROM purchase p WHERE p.deal_id = d.id AND p.deleted_at IS NULL)""",
    """CREATE VIEW customer AS
SELECT id, 'company' AS type, name, industry, NULL AS company_id,
note, segment, customer_since, lost, lost_on, lost_reason, source_system, source_id, created_at, deleted_at FROM company
WHERE deleted_at IS NULL AND (customer OR id IN (SELECT customer_id FROM bought))
UNION ALL
SELECT id, 'person', nullif(trim(coalesce(person.first_name, '') || ' ' || coalesce(person.last_name, '')), ''),
NULL, company_id,
note, segment, customer_since, lost, lost_on, lost_reason, source_system, source_id, created_at, deleted_at FROM person
WHERE deleted_at IS NULL AND (customer OR id IN (SELECT customer_id FROM bought))""",
    "CREATE TABLE lead_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, company_name TEXT, status TEXT, "
    "lifecycle TEXT, source TEXT, segment TEXT, score INTEGER, value INTEGER, created_at TEXT, last_touch"
    " TEXT, last_outreach TEXT, next_activity TEXT)",
    "CREATE INDEX lead_row_name ON lead_row (name)",
    "CREATE INDEX lead_row_company_name ON lead_row (company_name)",
    "CREATE INDEX lead_row_status ON lead_row (status)",
    "CREATE INDEX lead_row_lifecycle ON lead_row (lifecycle)",
    "CREATE INDEX lead_row_source ON lead_row (source)",
    "CREATE INDEX lead_row_segment ON lead_row (segment)",
    "CREATE INDEX lead_row_score ON lead_row (score)",
    "CREATE INDEX lead_row_value ON lead_row (value)",
    "CREATE INDEX lead_row_created_at ON lead_row (created_at)",
    "CREATE INDEX lead_row_last_touch ON lead_row (last_touch)",
    "CREATE INDEX lead_row_last_outreach ON lead_row (last_outreach)",
    "CREATE INDEX lead_row_next_activity ON lead_row (next_activity)",
    "CREATE VIRTUAL TABLE lead_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE company_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, industry TEXT, segment TEXT, "
    "employees INTEGER, revenue INTEGER, created_at TEXT, last_touch TEXT, last_outreach TEXT, "
    "next_activity TEXT, open_deals INTEGER)",
    "CREATE INDEX company_row_name ON company_row (name)",
    "CREATE INDEX company_row_industry ON company_row (industry)",
    "CREATE INDEX company_row_segment ON company_row (segment)",
    "CREATE INDEX company_row_employees ON company_row (employees)",
    "CREATE INDEX company_row_revenue ON company_row (revenue)",
    "CREATE INDEX company_row_created_at ON company_row (created_at)",
    "CREATE INDEX company_row_last_touch ON company_row (last_touch)",
    "CREATE INDEX company_row_last_outreach ON company_row (last_outreach)",
    "CREATE INDEX company_row_next_activity ON company_row (next_activity)",
    "CREATE INDEX company_row_open_deals ON company_row (open_deals)",
    "CREATE VIRTUAL TABLE company_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE person_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, company TEXT, segment TEXT, "
    "created_at TEXT, last_touch TEXT, last_outreach TEXT, next_activity TEXT)",
    "CREATE INDEX person_row_name ON person_row (name)",
    "CREATE INDEX person_row_company ON person_row (company)",
    "CREATE INDEX person_row_segment ON person_row (segment)",
    "CREATE INDEX person_row_created_at ON person_row (created_at)",
    "CREATE INDEX person_row_last_touch ON person_row (last_touch)",
    "CREATE INDEX person_row_last_outreach ON person_row (last_outreach)",
    "CREATE INDEX person_row_next_activity ON person_row (next_activity)",
    "CREATE VIRTUAL TABLE person_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE deal_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, company TEXT, amount INTEGER, "
    "probability INTEGER, opened_on TEXT, expected_close TEXT, closed_on TEXT, created_at TEXT, status "
    "TEXT, weighted INTEGER, stage_position INTEGER, stage_since TEXT, cycle_days INTEGER, last_touch "
    "TEXT, next_activity TEXT)",
    "CREATE INDEX deal_row_name ON deal_row (name)",
    "CREATE INDEX deal_row_company ON deal_row (company)",
    "CREATE INDEX deal_row_amount ON deal_row (amount)",
    "CREATE INDEX deal_row_probability ON deal_row (probability)",
    "CREATE INDEX deal_row_opened_on ON deal_row (opened_on)",
    "CREATE INDEX deal_row_expected_close ON deal_row (expected_close)",
    "CREATE INDEX deal_row_closed_on ON deal_row (closed_on)",
    "CREATE INDEX deal_row_created_at ON deal_row (created_at)",
    "CREATE INDEX deal_row_status ON deal_row (status)",
    "CREATE INDEX deal_row_weighted ON deal_row (weighted)",
    "CREATE INDEX deal_row_stage_position ON deal_row (stage_position)",
    "CREATE INDEX deal_row_stage_since ON deal_row (stage_since)",
    "CREATE INDEX deal_row_cycle_days ON deal_row (cycle_days)",
    "CREATE INDEX deal_row_last_touch ON deal_row (last_touch)",
    "CREATE INDEX deal_row_next_activity ON deal_row (next_activity)",
    "CREATE VIRTUAL TABLE deal_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE product_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, series TEXT, price INTEGER)",
    "CREATE INDEX product_row_name ON product_row (name)",
    "CREATE INDEX product_row_series ON product_row (series)",
    "CREATE INDEX product_row_price ON product_row (price)",
    "CREATE VIRTUAL TABLE product_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE purchase_row (id INTEGER NOT NULL PRIMARY KEY, bought_on TEXT, amount INTEGER)",
    "CREATE INDEX purchase_row_bought_on ON purchase_row (bought_on)",
    "CREATE INDEX purchase_row_amount ON purchase_row (amount)",
    "CREATE VIRTUAL TABLE purchase_search USING fts5(text, content='', contentless_delete=1, detail=none,"
    " prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE activity_row (id INTEGER NOT NULL PRIMARY KEY, type TEXT, subject TEXT, happened_on TEXT)",
    "CREATE INDEX activity_row_type ON activity_row (type)",
    "CREATE INDEX activity_row_subject ON activity_row (subject)",
    "CREATE INDEX activity_row_happened_on ON activity_row (happened_on)",
    "CREATE VIRTUAL TABLE activity_search USING fts5(text, content='', contentless_delete=1, detail=none,"
    " prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE task_row (id INTEGER NOT NULL PRIMARY KEY, title TEXT, type TEXT, due_on TEXT, done_at "
    "TEXT, priority INTEGER)",
    "CREATE INDEX task_row_title ON task_row (title)",
    "CREATE INDEX task_row_type ON task_row (type)",
    "CREATE INDEX task_row_due_on ON task_row (due_on)",
    "CREATE INDEX task_row_done_at ON task_row (done_at)",
    "CREATE INDEX task_row_priority ON task_row (priority)",
    "CREATE VIRTUAL TABLE task_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE pipeline_row (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE VIRTUAL TABLE pipeline_search USING fts5(text, content='', contentless_delete=1, detail=none,"
    " prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE stage_row (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE VIRTUAL TABLE stage_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE stage_log_row (id INTEGER NOT NULL PRIMARY KEY, entered_on TEXT)",
    "CREATE INDEX stage_log_row_entered_on ON stage_log_row (entered_on)",
    "CREATE VIRTUAL TABLE stage_log_search USING fts5(text, content='', contentless_delete=1, "
    "detail=none, prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE tag_row (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE VIRTUAL TABLE tag_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE customer_row (id INTEGER NOT NULL PRIMARY KEY, name TEXT, type TEXT, segment TEXT, "
    "industry TEXT, customer_since TEXT, purchases INTEGER, revenue INTEGER, last_purchase TEXT, "
    "last_touch TEXT, next_activity TEXT, open_deals INTEGER, created_at TEXT)",
    "CREATE INDEX customer_row_name ON customer_row (name)",
    "CREATE INDEX customer_row_type ON customer_row (type)",
    "CREATE INDEX customer_row_segment ON customer_row (segment)",
    "CREATE INDEX customer_row_industry ON customer_row (industry)",
    "CREATE INDEX customer_row_customer_since ON customer_row (customer_since)",
    "CREATE INDEX customer_row_purchases ON customer_row (purchases)",
    "CREATE INDEX customer_row_revenue ON customer_row (revenue)",
    "CREATE INDEX customer_row_last_purchase ON customer_row (last_purchase)",
    "CREATE INDEX customer_row_last_touch ON customer_row (last_touch)",
    "CREATE INDEX customer_row_next_activity ON customer_row (next_activity)",
    "CREATE INDEX customer_row_open_deals ON customer_row (open_deals)",
    "CREATE INDEX customer_row_created_at ON customer_row (created_at)",
    "CREATE VIRTUAL TABLE customer_search USING fts5(text, content='', contentless_delete=1, detail=none,"
    " prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE loss_row (id INTEGER NOT NULL PRIMARY KEY, lost_on TEXT, returned_on TEXT)",
    "CREATE INDEX loss_row_lost_on ON loss_row (lost_on)",
    "CREATE INDEX loss_row_returned_on ON loss_row (returned_on)",
    "CREATE VIRTUAL TABLE loss_search USING fts5(text, content='', contentless_delete=1, detail=none, "
    "prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE lead_custom (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE company_custom (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE person_custom (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE deal_custom (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE product_custom (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE purchase_custom (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE activity_custom (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE task_custom (id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE counter (device INTEGER NOT NULL, scope TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY "
    "KEY (device, scope))",
    "CREATE TABLE layout (id INTEGER NOT NULL PRIMARY KEY, columns TEXT NOT NULL UNIQUE)",
    "CREATE TABLE action (id INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, verb TEXT NOT NULL, kind "
    "TEXT NOT NULL, subject TEXT NOT NULL, touched TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN "
    "('done', 'undone', 'abandoned')), target INTEGER REFERENCES action (id), bulk INTEGER NOT NULL, "
    "schema_version INTEGER NOT NULL, layout INTEGER REFERENCES layout (id))",
    "CREATE INDEX action_state ON action (state, id)",
    "CREATE TABLE action_chunk (action INTEGER NOT NULL REFERENCES action (id) DEFERRABLE INITIALLY "
    "DEFERRED, segment INTEGER NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (action, "
    "segment, part))",
    "CREATE TABLE journal_row (kind TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, action "
    "INTEGER NOT NULL REFERENCES action (id))",
    "CREATE INDEX journal_row_found ON journal_row (kind, first, last)",
    "CREATE INDEX journal_row_action ON journal_row (action)",
)

PIPELINE = "New business"
STAGES = (
    ("Lead generation", "open", 5, 14),
    ("Qualification", "open", 15, 14),
    ("Proposal", "open", 30, 14),
    ("Negotiation", "open", 50, 14),
    ("Closing", "open", 70, 14),
    ("Won", "won", 100, 0),
    ("Lost", "lost", 0, 0),
)


def upgrade(connection: apsw.Connection) -> None:
    """Makes every table, then the pipeline that a new base starts with."""
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('device', '1')")
    connection.execute("INSERT INTO counter VALUES (1, 'record', ?), (1, 'part', 0)", (1 + len(STAGES),))
    first = (1 << 40) + 1
    connection.execute("INSERT INTO pipeline (id, name, position) VALUES (?, ?, 1)", (first, PIPELINE))
    connection.execute("INSERT INTO pipeline_row (id) VALUES (?)", (first,))
    connection.execute("INSERT INTO pipeline_search (rowid, text) VALUES (?, fold(?))", (first, PIPELINE))
    for position, (name, category, probability, rot_days) in enumerate(STAGES, start=1):
        connection.execute(
            "INSERT INTO stage (id, name, pipeline_id, category, probability, position, rot_days)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (first + position, name, first, category, probability, position, rot_days),
        )
        connection.execute("INSERT INTO stage_row (id) VALUES (?)", (first + position,))
        connection.execute("INSERT INTO stage_search (rowid, text) VALUES (?, fold(?))", (first + position, name))
