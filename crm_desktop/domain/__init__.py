"""Vocabulary and rules of the trade: what can be known, which records, what happened. Standard library only."""
