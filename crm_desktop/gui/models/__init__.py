"""Records as rows of Qt models."""
