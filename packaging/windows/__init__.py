"""The installer for Windows, and all that is needed to build and try it on a Linux machine under Wine."""
