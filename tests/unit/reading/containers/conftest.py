"""Names the slow test of this folder, so that it can be chosen or left out with ``-m``."""


def pytest_configure(config):
    config.addinivalue_line("markers", "badinput: reads every file of CXDESK_BADINPUT through the worker process")
