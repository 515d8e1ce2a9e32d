<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChoicesDialog</name>
    <message numerus="yes">
        <source>%n records</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records hold “%1”. Instead:</source>
        <translation>
            <numerusform>%n record holds “%1”. Instead:</numerusform>
            <numerusform>%n records hold “%1”. Instead:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ColumnHead</name>
    <message numerus="yes">
        <source>%n deals</source>
        <translation>
            <numerusform>%n deal</numerusform>
            <numerusform>%n deals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesStep</name>
    <message numerus="yes">
        <source>%n rows only repeat an earlier row of the file and are left out.</source>
        <translation>
            <numerusform>%n row only repeats an earlier row of the file and is left out.</numerusform>
            <numerusform>%n rows only repeat an earlier row of the file and are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message numerus="yes">
        <source>%n files written</source>
        <translation>
            <numerusform>%n file written</numerusform>
            <numerusform>%n files written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileStep</name>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faults mended</source>
        <translation>
            <numerusform>%n fault mended</numerusform>
            <numerusform>%n faults mended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupsModel</name>
    <message numerus="yes">
        <source>%n records: %1</source>
        <translation>
            <numerusform>%n record: %1</numerusform>
            <numerusform>%n records: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message numerus="yes">
        <source>Undone, but for %n values that were changed since: %1</source>
        <translation>
            <numerusform>Undone, but for %n value that was changed since: %1</numerusform>
            <numerusform>Undone, but for %n values that were changed since: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>%n values were changed since and stay</source>
        <translation>
            <numerusform>%n value was changed since and stays</numerusform>
            <numerusform>%n values were changed since and stay</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message numerus="yes">
        <source>Needs at least %n letters or signs.</source>
        <translation>
            <numerusform>Needs at least %n letter or sign.</numerusform>
            <numerusform>Needs at least %n letters or signs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PipelineView</name>
    <message numerus="yes">
        <source>Open · %n deals</source>
        <translation>
            <numerusform>Open · %n deal</numerusform>
            <numerusform>Open · %n deals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Closing this month · %n deals</source>
        <translation>
            <numerusform>Closing this month · %n deal</numerusform>
            <numerusform>Closing this month · %n deals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At risk · %n deals</source>
        <translation>
            <numerusform>At risk · %n deal</numerusform>
            <numerusform>At risk · %n deals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemCard</name>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordTable</name>
    <message numerus="yes">
        <source>All %n in this view</source>
        <translation>
            <numerusform>All %n in this view</numerusform>
            <numerusform>All %n in this view</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StagesPanel</name>
    <message numerus="yes">
        <source>%n deals are in %1. Move them to another stage first.</source>
        <translation>
            <numerusform>%n deal is in %1. Move it to another stage first.</numerusform>
            <numerusform>%n deals are in %1. Move them to another stage first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cards</name>
    <message numerus="yes">
        <source>%1 · %n days late</source>
        <translation>
            <numerusform>%1 · %n day late</numerusform>
            <numerusform>%1 · %n days late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days in this stage</source>
        <translation>
            <numerusform>%n day in this stage</numerusform>
            <numerusform>%n days in this stage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days in this stage, usually %1</source>
        <translation>
            <numerusform>%n day in this stage, usually %1</numerusform>
            <numerusform>%n days in this stage, usually %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cells</name>
    <message numerus="yes">
        <source>· %n days late</source>
        <translation>
            <numerusform>· %n day late</numerusform>
            <numerusform>· %n days late</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>charts</name>
    <message numerus="yes">
        <source>%1 deals won for %2, %3 of those decided.</source>
        <translation>
            <numerusform>%1 deal won for %2, %3 of those decided.</numerusform>
            <numerusform>%1 deals won for %2, %3 of those decided.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 open deals, %2 weighted by likelihood.</source>
        <translation>
            <numerusform>%1 open deal, %2 weighted by likelihood.</numerusform>
            <numerusform>%1 open deals, %2 weighted by likelihood.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 open deals</source>
        <translation>
            <numerusform>%1 open deal</numerusform>
            <numerusform>%1 open deals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 close this month</source>
        <translation>
            <numerusform>%1 closes this month</numerusform>
            <numerusform>%1 close this month</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 days year on year</source>
        <translation>
            <numerusform>%1 day year on year</numerusform>
            <numerusform>%1 days year on year</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 points</source>
        <translation>
            <numerusform>%1 point</numerusform>
            <numerusform>%1 points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConvertDialog</name>
    <message numerus="yes">
        <source>Convert %n leads</source>
        <translation>
            <numerusform>Convert this lead</numerusform>
            <numerusform>Convert %n leads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>exporting</name>
    <message numerus="yes">
        <source>%n texts that a spreadsheet would run as a formula begin with an apostrophe</source>
        <translation>
            <numerusform>%n text that a spreadsheet would run as a formula begins with an apostrophe</numerusform>
            <numerusform>%n texts that a spreadsheet would run as a formula begin with an apostrophe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>format</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>filters</name>
    <message numerus="yes">
        <source>%n chosen records</source>
        <translation>
            <numerusform>%n chosen record</numerusform>
            <numerusform>%n chosen records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n months</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n quarters</source>
        <translation>
            <numerusform>%n quarter</numerusform>
            <numerusform>%n quarters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n years</source>
        <translation>
            <numerusform>%n year</numerusform>
            <numerusform>%n years</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>customer_360</name>
    <message numerus="yes">
        <source>%n in 12 months</source>
        <translation>
            <numerusform>%n in 12 months</numerusform>
            <numerusform>%n in 12 months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 touches in %2 days</source>
        <translation>
            <numerusform>%1 touch in %2 days</numerusform>
            <numerusform>%1 touches in %2 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days late</source>
        <translation>
            <numerusform>%n day late</numerusform>
            <numerusform>%n days late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No contact for %n days</source>
        <translation>
            <numerusform>No contact for %n day</numerusform>
            <numerusform>No contact for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Usual %n days</source>
        <translation>
            <numerusform>Usual %n day</numerusform>
            <numerusform>Usual %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 open deals</source>
        <translation>
            <numerusform>%1 open deal</numerusform>
            <numerusform>%1 open deals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No purchase for %n days</source>
        <translation>
            <numerusform>No purchase for %n day</numerusform>
            <numerusform>No purchase for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Usually one every %n days</source>
        <translation>
            <numerusform>Usually one every day</numerusform>
            <numerusform>Usually one every %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days in its stage, usual are %1</source>
        <translation>
            <numerusform>%n day in its stage, usual are %1</numerusform>
            <numerusform>%n days in its stage, usual are %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its close date passed %n days ago</source>
        <translation>
            <numerusform>Its close date passed %n day ago</numerusform>
            <numerusform>Its close date passed %n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesPage</name>
    <message numerus="yes">
        <source>%n groups may be one record each</source>
        <translation>
            <numerusform>%n group may be one record</numerusform>
            <numerusform>%n groups may be one record each</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups merged</source>
        <translation>
            <numerusform>%n group merged</numerusform>
            <numerusform>%n groups merged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>importing</name>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n matched</source>
        <translation>
            <numerusform>%n matched</numerusform>
            <numerusform>%n matched</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LeadDeeds</name>
    <message numerus="yes">
        <source>%n leads are leads again</source>
        <translation>
            <numerusform>%n lead is a lead again</numerusform>
            <numerusform>%n leads are leads again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message numerus="yes">
        <source>Merge %n records</source>
        <translation>
            <numerusform>Merge %n record</numerusform>
            <numerusform>Merge %n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>palette</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThenPanel</name>
    <message numerus="yes">
        <source>%n values are different today</source>
        <translation>
            <numerusform>%n value is different today</numerusform>
            <numerusform>%n values are different today</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moments</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldsPanel</name>
    <message numerus="yes">
        <source>Field %1 deleted with what %n records have in it</source>
        <translation>
            <numerusform>Field %1 deleted with what %n record has in it</numerusform>
            <numerusform>Field %1 deleted with what %n records have in it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusesPanel</name>
    <message numerus="yes">
        <source>Status %1 deleted; its %n leads have another one of its type</source>
        <translation>
            <numerusform>Status %1 deleted; its lead has another one of its type</numerusform>
            <numerusform>Status %1 deleted; its %n leads have another one of its type</numerusform>
        </translation>
    </message>
</context>
</TS>
