"""Speed as ratios to a peer that computes the same numbers in the same run: ``python -m tests.benchmarks``."""
