"""How often the encoding of a text file is found without asking, on survey text whose encoding is known."""
