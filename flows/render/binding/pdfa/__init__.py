"""The rules of PDF/A-3, level A, as far as a report can break them, and what they look at."""
