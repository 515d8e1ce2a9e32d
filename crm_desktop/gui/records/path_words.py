"""What a field is called that is reached through links."""

from crm_desktop.gui.language import tr
from crm_desktop.services import Services


def path_words(services: Services, kind: str, path: str) -> str:
    """The label of a field; where its path has dots, after those of the links: "Company › Industry"."""
    labels = []
    for name in path.split("."):
        labels.append(services.labels.field(kind, name))
        kind = services.catalogue.kind(kind).fields[name].target or kind
    return tr(" › ").join(labels)
