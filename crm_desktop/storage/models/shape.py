"""What the user shaped: own fields and saved views."""

import peewee as pw

from crm_desktop.storage.models.base import Table


class CustomField(Table):
    """A field the user made. Its values lie in the column `f<id>` of `<kind>_custom`, which is never dropped.

    `name` is what the catalogue calls it where its label does not say so any more: views and rules go on knowing it.
    """

    kind = pw.TextField()
    label = pw.TextField()
    type = pw.TextField()
    choices = pw.TextField(default="[]")
    position = pw.IntegerField(default=0)
    deleted_at = pw.TextField(null=True)
    target = pw.TextField(null=True)
    multi = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")])
    name = pw.TextField(null=True)

    class Meta:
        table_name = "custom_field"


class SavedView(Table):
    """A list as somebody wants to see it: filter in JSON, columns, order, density, and what it is grouped by."""

    kind = pw.TextField()
    name = pw.TextField()
    filter = pw.TextField()  # type: ignore[assignment]  # Peewee's method of this name is not used
    columns = pw.TextField(default="[]")
    sort = pw.TextField(null=True)
    descending = pw.BooleanField(default=False)
    density = pw.TextField(default="normal")
    position = pw.IntegerField(default=0)
    deleted_at = pw.TextField(null=True)
    grouped = pw.TextField(null=True)

    class Meta:
        table_name = "saved_view"
