"""Calculations: numbers in, frozen results out. Knows the domain and numpy, no storage and no window."""
