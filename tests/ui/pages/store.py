"""A survey as it comes out of a file: a grid, personal data, words for scores, and one question that is in doubt."""

from __future__ import annotations

from tests.unit.reading.understanding.sheets import columns_of

STORE = columns_of(
    {
        "Number": range(1, 61),
        "How likely are you to recommend us? (0-10)": [0, 10, 9, 8, 7, 6, 5],
        "It took a lot of effort to get what I needed": [1, 2, 3, 4, 5, 6, 7],
        "Region": ["North", "South", "East"],
        "Rate these points [Staff]": [1, 2, 3, 4, 5],
        "Rate these points [Price]": [5, 4, 3, 2, 1],
        "Rate these points [Range]": [3, 3, 4],
        "Overall satisfaction": ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied"],
        "E-mail": [f"person{number}@example.com" for number in range(60)],
    },
    name="store.csv",
)
