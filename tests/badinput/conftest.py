"""Names the tests that need a folder of foreign files, so that they can be chosen or left out with ``-m``."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "badinput: reads every file of CXDESK_BADINPUT through the worker process")
