"""Formulas: numpy in, numbers out. Nothing here knows what a survey is; each function cites its source."""
