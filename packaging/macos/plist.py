"""What the program's bundle tells macOS: its version, oldest system, languages, and which files it opens."""

from __future__ import annotations

from product import IDENTITY, NAME, OWN_KINDS, SURVEY_KINDS, FileKind

OLDEST = "12.0"
"""The oldest macOS that Qt 6.9 runs on."""

LANGUAGES = ("en", "zh_CN")


def information(version: str) -> dict[str, object]:
    """Return the entries of Info.plist that PyInstaller does not write itself.

    Survey files are offered under "Open with" and keep the program that opens them by itself; projects and templates
    are ours.
    """
    return {
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": list(LANGUAGES),
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "The CX Desk founders, MIT License",
        "CFBundleDocumentTypes": [
            *(_own_document(kind) for kind in OWN_KINDS),
            *(_survey_document(kind) for kind in SURVEY_KINDS),
        ],
        "UTExportedTypeDeclarations": [_declaration(kind) for kind in OWN_KINDS],
    }


def _identifier(kind: FileKind) -> str:
    """How macOS calls one of our own types: ``io.github.cxdesk.CXDesk.cxd``."""
    return f"{IDENTITY}.{kind.ending}"


def _own_document(kind: FileKind) -> dict[str, object]:
    return {
        "CFBundleTypeName": kind.english,
        "CFBundleTypeRole": "Editor",
        "LSHandlerRank": "Owner",
        "LSItemContentTypes": [_identifier(kind)],
    }


def _survey_document(kind: FileKind) -> dict[str, object]:
    return {
        "CFBundleTypeName": kind.english,
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",
        "CFBundleTypeExtensions": [kind.ending],
    }


def _declaration(kind: FileKind) -> dict[str, object]:
    return {
        "UTTypeIdentifier": _identifier(kind),
        "UTTypeDescription": kind.english,
        "UTTypeConformsTo": ["public.data"],
        "UTTypeTagSpecification": {"public.filename-extension": [kind.ending], "public.mime-type": kind.mime},
    }
