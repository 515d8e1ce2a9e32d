"""The base on disk: models, catalogue, journal, lists and search. Only this package knows Peewee and SQL."""
