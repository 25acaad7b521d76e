"""The program for macOS: what its bundle says of itself, and the disk image that people get. Built on a Mac only."""
