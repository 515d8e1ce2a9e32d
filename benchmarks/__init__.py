"""How fast the program is: each figure a ratio of our run to a floor, both measured in turn in one run.

    python -m benchmarks             everything, with 1,000,000 leads; writes benchmarks/RESULTS.md
    python -m benchmarks edit sort   only these
    python -m benchmarks --leads 50000 --print
"""
