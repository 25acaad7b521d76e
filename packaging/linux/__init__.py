"""What turns the frozen program into a Debian package and into a file that installs itself."""
