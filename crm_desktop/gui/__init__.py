"""The window: pages, dialogs, widgets and what they share. The only package that knows Qt."""
