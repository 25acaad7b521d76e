"""What goes into the bundle and what stays out, for files as PyInstaller finds them on each system."""

from __future__ import annotations

import pytest
from contents import wanted

SITE = "/venv/lib/python3.11/site-packages/"


@pytest.mark.parametrize(
    ("system", "path"),
    [
        ("linux", "PySide6/Qt/plugins/platforms/libqxcb.so"),
        ("linux", "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so"),
        ("linux", "PySide6/Qt/translations/qtbase_zh_CN.qm"),
        ("linux", "PySide6/Qt/lib/libQt6Core.so.6"),
        ("win32", "PySide6\\plugins\\platforms\\qwindows.dll"),
        ("win32", "PySide6\\Qt6Widgets.dll"),
        ("darwin", "PySide6/Qt/plugins/platforms/libqcocoa.dylib"),
        ("win32", "resources\\fonts\\CXDeskSans-Regular.otf"),
        ("linux", "matplotlib/mpl-data/matplotlibrc"),
    ],
)
def test_what_the_program_needs_goes_in(system: str, path: str) -> None:
    assert wanted(path, SITE + path, system)


@pytest.mark.parametrize(
    ("system", "path"),
    [
        ("linux", "PySide6/QtNetwork.abi3.so"),
        ("linux", "PySide6/Qt/lib/libQt6Network.so.6"),
        ("linux", "PySide6/Qt/plugins/tls/libqopensslbackend.so"),
        ("linux", "PySide6/Qt/plugins/platformthemes/libqgtk3.so"),
        ("linux", "PySide6/Qt/translations/qtbase_de.qm"),
        ("win32", "PySide6\\Qt6Network.dll"),
        ("win32", "PySide6\\QtNetwork.pyd"),
        ("win32", "PySide6\\opengl32sw.dll"),
        ("darwin", "PySide6/Qt/plugins/tls/libqsecuretransportbackend.dylib"),
        ("linux", "matplotlib/mpl-data/sample_data/goog.npz"),
    ],
)
def test_network_other_languages_and_examples_stay_out(system: str, path: str) -> None:
    assert not wanted(path, SITE + path, system)


def test_system_libraries_of_the_builder_stay_out_but_for_those_that_desktops_lack() -> None:
    host = "/lib/x86_64-linux-gnu/"
    assert wanted("libxcb-cursor.so.0", host + "libxcb-cursor.so.0", "linux")
    assert wanted("libpython3.11.so.1.0", "/opt/python/lib/libpython3.11.so.1.0", "linux")
    for name in ("libstdc++.so.6", "libX11.so.6", "libglib-2.0.so.0", "libcrypto.so.3", "libgtk-3.so.0", "libz.so.1"):
        assert not wanted(name, host + name, "linux"), name


def test_links_beside_the_program_follow_what_they_point_to() -> None:
    assert wanted("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "linux")
    assert not wanted("libQt6Network.so.6", "PySide6/Qt/lib/libQt6Network.so.6", "linux")
