<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name></name>
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
        <source>%1 deals won for %2, %3 of those decided.</source>
        <translation>
            <numerusform>%1 deal won for %2, %3 of those decided.</numerusform>
            <numerusform>%1 deals won for %2, %3 of those decided.</numerusform>
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
        <source>%1 open deals, %2 weighted by likelihood.</source>
        <translation>
            <numerusform>%1 open deal, %2 weighted by likelihood.</numerusform>
            <numerusform>%1 open deals, %2 weighted by likelihood.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 points</source>
        <translation>
            <numerusform>%1 point</numerusform>
            <numerusform>%1 points</numerusform>
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
        <source>%1 · %Ln days late</source>
        <translation>
            <numerusform>%1 · %Ln day late</numerusform>
            <numerusform>%1 · %Ln days late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 from %3 won deals, %4 of the won value</source>
        <translation>
            <numerusform>%1: %2 from %3 won deal, %4 of the won value</numerusform>
            <numerusform>%1: %2 from %3 won deals, %4 of the won value</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 in %3 open deals, %4 weighted</source>
        <translation>
            <numerusform>%1: %2 in %3 open deal, %4 weighted</numerusform>
            <numerusform>%1: %2 in %3 open deals, %4 weighted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 of %3 leads became customers, %4</source>
        <translation>
            <numerusform>%1: %2 of %3 lead became customers, %4</numerusform>
            <numerusform>%1: %2 of %3 leads became customers, %4</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chosen records</source>
        <translation>
            <numerusform>%Ln chosen record</numerusform>
            <numerusform>%Ln chosen records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln columns</source>
        <translation>
            <numerusform>%Ln column</numerusform>
            <numerusform>%Ln columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days ago</source>
        <translation>
            <numerusform>%Ln day ago</numerusform>
            <numerusform>%Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days in its stage, usual are %1</source>
        <translation>
            <numerusform>%Ln day in its stage, usual are %1</numerusform>
            <numerusform>%Ln days in its stage, usual are %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days in this stage</source>
        <translation>
            <numerusform>%Ln day in this stage</numerusform>
            <numerusform>%Ln days in this stage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days in this stage, usually %1</source>
        <translation>
            <numerusform>%Ln day in this stage, usually %1</numerusform>
            <numerusform>%Ln days in this stage, usually %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days late</source>
        <translation>
            <numerusform>%Ln day late</numerusform>
            <numerusform>%Ln days late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln h ago</source>
        <translation>
            <numerusform>%Ln h ago</numerusform>
            <numerusform>%Ln h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in 12 months</source>
        <translation>
            <numerusform>%Ln in 12 months</numerusform>
            <numerusform>%Ln in 12 months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln matched</source>
        <translation>
            <numerusform>%Ln matched</numerusform>
            <numerusform>%Ln matched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln min</source>
        <translation>
            <numerusform>%Ln min</numerusform>
            <numerusform>%Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln min ago</source>
        <translation>
            <numerusform>%Ln min ago</numerusform>
            <numerusform>%Ln min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln months</source>
        <translation>
            <numerusform>%Ln month</numerusform>
            <numerusform>%Ln months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new statuses of leads: %1.</source>
        <translation>
            <numerusform>%Ln new status of leads: %1.</numerusform>
            <numerusform>%Ln new statuses of leads: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln quarters</source>
        <translation>
            <numerusform>%Ln quarter</numerusform>
            <numerusform>%Ln quarters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln records: %1</source>
        <translation>
            <numerusform>%Ln record: %1</numerusform>
            <numerusform>%Ln records: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln texts that a spreadsheet would run as a formula begin with an apostrophe</source>
        <translation>
            <numerusform>%Ln text that a spreadsheet would run as a formula begins with an apostrophe</numerusform>
            <numerusform>%Ln texts that a spreadsheet would run as a formula begin with an apostrophe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln weeks</source>
        <translation>
            <numerusform>%Ln week</numerusform>
            <numerusform>%Ln weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln years</source>
        <translation>
            <numerusform>%Ln year</numerusform>
            <numerusform>%Ln years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its close date passed %Ln days ago</source>
        <translation>
            <numerusform>Its close date passed %Ln day ago</numerusform>
            <numerusform>Its close date passed %Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Most from “%1”: %2 of %3 leads, %4, with %5 customers.</source>
        <translation>
            <numerusform>Most from “%1”: %2 of %3 leads, %4, with %5 customer.</numerusform>
            <numerusform>Most from “%1”: %2 of %3 leads, %4, with %5 customers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Most in “%1”: %2 in %3 open deals, %4 of the value.</source>
        <translation>
            <numerusform>Most in “%1”: %2 in %3 open deal, %4 of the value.</numerusform>
            <numerusform>Most in “%1”: %2 in %3 open deals, %4 of the value.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No contact for %Ln days</source>
        <translation>
            <numerusform>No contact for %Ln day</numerusform>
            <numerusform>No contact for %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No purchase for %Ln days</source>
        <translation>
            <numerusform>No purchase for %Ln day</numerusform>
            <numerusform>No purchase for %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing to import: all %Ln rows are here already</source>
        <translation>
            <numerusform>Nothing to import: the %Ln row is here already</numerusform>
            <numerusform>Nothing to import: all %Ln rows are here already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Usual %Ln days</source>
        <translation>
            <numerusform>Usual %Ln day</numerusform>
            <numerusform>Usual %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Usually one every %Ln days</source>
        <translation>
            <numerusform>Usually one every day</numerusform>
            <numerusform>Usually one every %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>· %Ln days late</source>
        <translation>
            <numerusform>· %Ln day late</numerusform>
            <numerusform>· %Ln days late</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChoicesDialog</name>
    <message numerus="yes">
        <source>%Ln records</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln records hold “%1”. Instead:</source>
        <translation>
            <numerusform>%Ln record holds “%1”. Instead:</numerusform>
            <numerusform>%Ln records hold “%1”. Instead:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ColumnHead</name>
    <message numerus="yes">
        <source>%Ln deals</source>
        <translation>
            <numerusform>%Ln deal</numerusform>
            <numerusform>%Ln deals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConvertDialog</name>
    <message numerus="yes">
        <source>Convert %Ln leads</source>
        <translation>
            <numerusform>Convert this lead</numerusform>
            <numerusform>Convert %Ln leads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesPage</name>
    <message numerus="yes">
        <source>%Ln groups may be one record each</source>
        <translation>
            <numerusform>%Ln group may be one record</numerusform>
            <numerusform>%Ln groups may be one record each</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln groups merged</source>
        <translation>
            <numerusform>%Ln group merged</numerusform>
            <numerusform>%Ln groups merged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesStep</name>
    <message numerus="yes">
        <source>%Ln rows are here already and say nothing new.</source>
        <translation>
            <numerusform>%Ln row is here already and says nothing new.</numerusform>
            <numerusform>%Ln rows are here already and say nothing new.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows only repeat an earlier row of the file and are left out.</source>
        <translation>
            <numerusform>%Ln row only repeats an earlier row of the file and is left out.</numerusform>
            <numerusform>%Ln rows only repeat an earlier row of the file and are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message numerus="yes">
        <source>%Ln files written</source>
        <translation>
            <numerusform>%Ln file written</numerusform>
            <numerusform>%Ln files written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldsPanel</name>
    <message numerus="yes">
        <source>Field %1 deleted with what %Ln records have in it</source>
        <translation>
            <numerusform>Field %1 deleted with what %Ln record has in it</numerusform>
            <numerusform>Field %1 deleted with what %Ln records have in it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileStep</name>
    <message numerus="yes">
        <source>%Ln columns</source>
        <translation>
            <numerusform>%Ln column</numerusform>
            <numerusform>%Ln columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln faults mended</source>
        <translation>
            <numerusform>%Ln fault mended</numerusform>
            <numerusform>%Ln faults mended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>%Ln values were changed since and stay</source>
        <translation>
            <numerusform>%Ln value was changed since and stays</numerusform>
            <numerusform>%Ln values were changed since and stay</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckStep</name>
    <message numerus="yes">
        <source>All %Ln rows can be read.</source>
        <translation>
            <numerusform>The row can be read.</numerusform>
            <numerusform>All %Ln rows can be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxWatch</name>
    <message numerus="yes">
        <source>%Ln other files stay there as well.</source>
        <translation>
            <numerusform>%Ln other file stays there as well.</numerusform>
            <numerusform>%Ln other files stay there as well.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files lie in the inbox folder.</source>
        <translation>
            <numerusform>%Ln file lies in the inbox folder.</numerusform>
            <numerusform>%Ln files lie in the inbox folder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leads added from the inbox folder.</source>
        <translation>
            <numerusform>%Ln lead added from the inbox folder.</numerusform>
            <numerusform>%Ln leads added from the inbox folder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leads of the inbox folder were there already.</source>
        <translation>
            <numerusform>%Ln lead of the inbox folder was there already.</numerusform>
            <numerusform>%Ln leads of the inbox folder were there already.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LeadDeeds</name>
    <message numerus="yes">
        <source>Qualify %Ln leads</source>
        <translation>
            <numerusform>Qualify %Ln lead</numerusform>
            <numerusform>Qualify %Ln leads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leads become %1</source>
        <translation>
            <numerusform>%Ln lead becomes %1</numerusform>
            <numerusform>%Ln leads become %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leads stay as they are</source>
        <translation>
            <numerusform>%Ln lead stays as it is</numerusform>
            <numerusform>%Ln leads stay as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The note goes to %Ln leads that have none</source>
        <translation>
            <numerusform>The note goes to %Ln lead that has none</numerusform>
            <numerusform>The note goes to %Ln leads that have none</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leads are leads again</source>
        <translation>
            <numerusform>%Ln lead is a lead again</numerusform>
            <numerusform>%Ln leads are leads again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>When do %Ln leads come back?</source>
        <translation>
            <numerusform>When does the lead come back?</numerusform>
            <numerusform>When do %Ln leads come back?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Why are %Ln leads put aside?</source>
        <translation>
            <numerusform>Why is it put aside?</numerusform>
            <numerusform>Why are %Ln leads put aside?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MergeBox</name>
    <message numerus="yes">
        <source>%1, %Ln values</source>
        <translation>
            <numerusform>%1, %Ln value</numerusform>
            <numerusform>%1, %Ln values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message numerus="yes">
        <source>Merge %Ln records</source>
        <translation>
            <numerusform>Merge %Ln record</numerusform>
            <numerusform>Merge %Ln records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message numerus="yes">
        <source>Add %Ln leads</source>
        <translation>
            <numerusform>Add lead</numerusform>
            <numerusform>Add %Ln leads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message numerus="yes">
        <source>Needs at least %Ln letters or signs.</source>
        <translation>
            <numerusform>Needs at least %Ln letter or sign.</numerusform>
            <numerusform>Needs at least %Ln letters or signs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PipelineView</name>
    <message numerus="yes">
        <source>At risk · %Ln deals</source>
        <translation>
            <numerusform>At risk · %Ln deal</numerusform>
            <numerusform>At risk · %Ln deals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Closing this month · %Ln deals</source>
        <translation>
            <numerusform>Closing this month · %Ln deal</numerusform>
            <numerusform>Closing this month · %Ln deals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open · %Ln deals</source>
        <translation>
            <numerusform>Open · %Ln deal</numerusform>
            <numerusform>Open · %Ln deals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemCard</name>
    <message numerus="yes">
        <source>%Ln rows</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordTable</name>
    <message numerus="yes">
        <source>All %Ln in this view</source>
        <translation>
            <numerusform>All %Ln in this view</numerusform>
            <numerusform>All %Ln in this view</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusesPanel</name>
    <message numerus="yes">
        <source>Status %1 deleted; its %Ln leads have another one of its type</source>
        <translation>
            <numerusform>Status %1 deleted; its lead has another one of its type</numerusform>
            <numerusform>Status %1 deleted; its %Ln leads have another one of its type</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThenPanel</name>
    <message numerus="yes">
        <source>%Ln values are different today</source>
        <translation>
            <numerusform>%Ln value is different today</numerusform>
            <numerusform>%Ln values are different today</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message numerus="yes">
        <source>Check %Ln rows</source>
        <translation>
            <numerusform>Check %Ln row</numerusform>
            <numerusform>Check %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln rows</source>
        <translation>
            <numerusform>Import %Ln row</numerusform>
            <numerusform>Import %Ln rows</numerusform>
        </translation>
    </message>
</context>
</TS>
