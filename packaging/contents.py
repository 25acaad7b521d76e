"""What goes into the frozen program and what stays out, so that the download is small and opens no connection.

`cxdesk.spec` asks these functions for every file that PyInstaller found; the tests ask them for what must not be
there. Everything left out was looked at: plugins for touch tables and television boxes, the desktop libraries of one
Linux distribution (they would be put before those of the person's own system), the network, databases, developers'
tools, words of other languages.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

MODULES_OUT = (
    # the network: the program opens no connection, so what could is not there; `http` and `urllib.request` have to
    # stay, because Python's own `xml.sax.saxutils` imports them, but without `ssl` and without anybody who calls them
    "PySide6.QtNetwork",
    "asyncio",
    "ftplib",
    "imaplib",
    "poplib",
    "smtplib",
    "socketserver",
    "ssl",
    "_ssl",
    "webbrowser",
    "xmlrpc",
    # OpenSSL only for checksums, which Python can do itself
    "_hashlib",
    # other windows, other databases, other engines that libraries would use if they were there
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "IPython",
    "_tkinter",
    "pyarrow",
    "scipy",
    "sqlite3",
    "tkinter",
    "tornado",
    # developers' tools
    "doctest",
    "lib2to3",
    "numpy.f2py",
    "pdb",
    "pydoc",
    "pytest",
    "readline",
    "setuptools",
    # pictures of kinds that nobody opens here
    "PIL.AvifImagePlugin",
    "PIL._avif",
    "PIL.WebPImagePlugin",
    "PIL._webp",
    "PIL._imagingcms",
    "PIL._imagingft",
    "PIL._imagingtk",
)
"""Modules that must not be in the bundle; what imports one of them does without."""

CAN_DO_WITHOUT = re.compile(
    r"PIL\.Image|pandas\.core\.arrays\.arrow\.(_arrow_utils|extension_types)|narwhals\._arrow\..+|unittest\.async_case|zipimport"
)
"""Modules that import one of `MODULES_OUT` at their top and yet harm nobody: they are imported only where it is there.
Any other stops the build (`freeze.check`), because it would fail on the day when somebody needs it."""

HOOKS_OUT = frozenset({"pyi_rth_mplconfig", "pyi_rth_pyside6"})
"""Runtime hooks that PyInstaller would add: a new folder for matplotlib's fonts at every start, and Qt's folders in
the environment, from where every program that we start (a spreadsheet for the report) would take our plugins. PySide6
finds its folders itself."""

PLUGINS = {
    "linux": frozenset(
        {
            "platforms/libqxcb.so",
            "platforms/libqwayland-egl.so",
            "platforms/libqwayland-generic.so",
            "platforms/libqoffscreen.so",
            "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
            "platforminputcontexts/libibusplatforminputcontextplugin.so",
            "platformthemes/libqxdgdesktopportal.so",
            "wayland-decoration-client/libadwaita.so",
            "wayland-decoration-client/libbradient.so",
            "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
            "wayland-shell-integration/libxdg-shell.so",
            "xcbglintegrations/libqxcb-egl-integration.so",
            "xcbglintegrations/libqxcb-glx-integration.so",
            "iconengines/libqsvgicon.so",
            "imageformats/libqjpeg.so",
            "imageformats/libqsvg.so",
        }
    ),
    "win32": frozenset(
        {
            "platforms/qwindows.dll",
            "platforms/qoffscreen.dll",
            "styles/qmodernwindowsstyle.dll",
            "iconengines/qsvgicon.dll",
            "imageformats/qico.dll",
            "imageformats/qjpeg.dll",
            "imageformats/qsvg.dll",
        }
    ),
    "darwin": frozenset(
        {
            "platforms/libqcocoa.dylib",
            "platforms/libqoffscreen.dylib",
            "styles/libqmacstyle.dylib",
            "iconengines/libqsvgicon.dylib",
            "imageformats/libqicns.dylib",
            "imageformats/libqjpeg.dylib",
            "imageformats/libqsvg.dylib",
        }
    ),
}
"""Qt's plugins that go along, by `sys.platform`: folder and file below ``plugins``."""

QT_TRANSLATIONS = frozenset({"qtbase_zh_CN.qm"})
"""Qt's own words, in the languages of the program other than English."""

HOST_LIBRARIES = re.compile(
    r"lib(python3|ffi|bz2|lzma|xkbcommon(-x11)?|xcb-(cursor|icccm|image|keysyms|randr|render|render-util|shape|shm|sync|util|xfixes|xkb))[.\d]*\.so"
)
"""Libraries of the building Linux that go along, because desktops often lack them; all others are taken from the
person's system and stand in the package's dependencies (`linux/control.py`), or graphics drivers and desktops would
meet ours instead of theirs."""

_QT_OUT = re.compile(
    r"(Qt6?|libQt6)(Network|Qml\w*|Quick\w*|VirtualKeyboard\w*|OpenGLWidgets|Sql|Pdf|Test|EglF[Ss]\w*|WaylandEglCompositor\w*)\b"
)
_DATA_OUT = re.compile(
    r"matplotlib/mpl-data/(sample_data|images|plot_directive)/|PySide6/(Qt/)?(qml|metatypes|typesystems|libexec)/"
    r"|(^|/)(tests|testing/tests)/|\.(pyi|pxd|pyx|h|c|cpp)$"
)
_TOOLS_OUT = re.compile(
    r"opengl32sw\.dll|d3dcompiler_\d+\.dll|lib-dynload/(_uuid|_test\w*|_ssl|_hashlib|_tkinter|_sqlite3)\."
)


def wanted(destination: str, source: str, system: str) -> bool:
    """Whether a file that PyInstaller found goes into the bundle.

    ``destination`` is its place below ``_internal``, ``source`` where it comes from, ``system`` is `sys.platform`.
    """
    path = destination.replace("\\", "/")
    name = PurePosixPath(path).name
    if "/plugins/" in path and path.startswith("PySide6/"):
        return path.split("/plugins/", 1)[1] in PLUGINS[system]
    if "/translations/" in path and path.startswith("PySide6/"):
        return name in QT_TRANSLATIONS
    if _QT_OUT.match(name) or _DATA_OUT.search(path) or _TOOLS_OUT.search(path):
        return False
    if system == "linux" and "/" not in path and ".so" in name and "site-packages" not in source.replace("\\", "/"):
        # A name without a folder is a library of the building system, or a link to one of Qt's.
        return source.startswith("PySide6/") or HOST_LIBRARIES.match(name) is not None
    return True
