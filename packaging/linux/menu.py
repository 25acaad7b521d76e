"""What tells a Linux desktop about the program: its menu entry, its kinds of files, its icons, its page in the store.

The same for the Debian package and for the file that installs itself; only the command in the menu entry differs.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.sax.saxutils import escape

from icons import make as icons
from product import COMMAND, IDENTITY, NAME, OWN_KINDS, SURVEY_KINDS, FileKind

GENERIC = ("Survey analysis", "问卷分析")
SUMMARY = ("Open a survey export and get NPS, satisfaction and a report", "打开问卷导出文件，得到 NPS、满意度和报告")
PARAGRAPHS = (
    (
        "CX Desk opens the export of a survey tool (Excel, CSV, SPSS), understands its columns, and shows the net "
        "promoter score, satisfaction, effort, trends and which groups clearly differ. One click more makes a "
        "formatted Excel report.",
        "CX Desk 打开问卷工具导出的文件（Excel、CSV、SPSS），自动识别各列，显示净推荐值、满意度、费力度、趋势，"
        "以及哪些群体明显不同。再点一下就得到排好版的 Excel 报告。",
    ),
    (
        "Everything happens on your computer: the program opens no network connection.",
        "一切都在您的电脑上完成：程序不会联网。",
    ),
)
KEYWORDS = ("survey;questionnaire;NPS;CSAT;CES;SPSS;", "问卷;调查;净推荐值;满意度;问卷星;")

_STATA = """\
  <mime-type type="application/x-stata-dta">
    <comment>Stata data</comment>
    <comment xml:lang="zh_CN">Stata 数据</comment>
    <glob pattern="*.dta"/>
  </mime-type>
"""
"""The only foreign kind that desktops do not know by themselves."""


def desktop_entry(command: str, removal: str = "") -> str:
    """Return the menu entry. ``command`` starts the program; ``removal``, offered on a right click, removes it."""
    types = ";".join(dict.fromkeys(kind.mime for kind in (*OWN_KINDS, *SURVEY_KINDS)))
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.4",
        f"Name={NAME}",
        f"GenericName={GENERIC[0]}",
        f"GenericName[zh_CN]={GENERIC[1]}",
        f"Comment={SUMMARY[0]}",
        f"Comment[zh_CN]={SUMMARY[1]}",
        f"Exec={command} %F",
        f"Icon={COMMAND}",
        "Terminal=false",
        "Categories=Office;Spreadsheet;",
        f"Keywords={KEYWORDS[0]}",
        f"Keywords[zh_CN]={KEYWORDS[1]}",
        f"MimeType={types};",
        "StartupNotify=true",
        f"StartupWMClass={COMMAND}",
    ]
    if removal:
        lines += [
            "Actions=remove;",
            "",
            "[Desktop Action remove]",
            f"Name=Remove {NAME}",
            f"Name[zh_CN]=卸载 {NAME}",
            f"Exec={removal}",
        ]
    return "\n".join(lines) + "\n"


def mime_package() -> str:
    """Return the shared-mime-info file that names our own kinds of files."""
    own = "".join(_mime_type(kind) for kind in OWN_KINDS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n{own}{_STATA}</mime-info>\n'
    )


def metainfo(version: str, date: str) -> str:
    """Return the AppStream file; ``date`` is the day of this version, as 2026-01-31."""
    paragraphs = "".join(
        f'    <p>{escape(english)}</p>\n    <p xml:lang="zh_CN">{escape(chinese)}</p>\n'
        for english, chinese in PARAGRAPHS
    )
    types = "".join(
        f"    <mediatype>{kind}</mediatype>\n"
        for kind in dict.fromkeys(each.mime for each in (*OWN_KINDS, *SURVEY_KINDS))
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{IDENTITY}</id>
  <name>{NAME}</name>
  <summary>{escape(SUMMARY[0])}</summary>
  <summary xml:lang="zh_CN">{escape(SUMMARY[1])}</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <developer id="{IDENTITY.rpartition(".")[0]}">
    <name>{NAME}</name>
  </developer>
  <description>
{paragraphs}  </description>
  <launchable type="desktop-id">{COMMAND}.desktop</launchable>
  <categories>
    <category>Office</category>
    <category>Spreadsheet</category>
  </categories>
  <provides>
    <binary>{COMMAND}</binary>
{types}  </provides>
  <releases>
    <release version="{version}" date="{date}"/>
  </releases>
  <content_rating type="oars-1.1"/>
  <supports>
    <control>pointing</control>
    <control>keyboard</control>
  </supports>
</component>
"""


def put_icons(hicolor: Path) -> None:
    """Put the program's and its files' icons into an icon theme's folder, in every size and as drawings."""
    for name in icons.NAMES:
        context = "apps" if name == COMMAND else "mimetypes"
        shown = name if name == COMMAND else icon_name(name)
        for size in icons.SIZES:
            target = hicolor / f"{size}x{size}" / context / f"{shown}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(icons.FOLDER / f"{name}-{size}.png", target)
        target = hicolor / "scalable" / context / f"{shown}.svg"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(icons.FOLDER / f"{name}.svg", target)


def icon_name(drawing: str) -> str:
    """The name under which a desktop looks for the icon of one of our kinds of files: the MIME type with a dash."""
    return f"application-x-{drawing}"


def _mime_type(kind: FileKind) -> str:
    icon = kind.mime.replace("/", "-")
    return f"""\
  <mime-type type="{kind.mime}">
    <comment>{kind.english}</comment>
    <comment xml:lang="zh_CN">{kind.chinese}</comment>
    <icon name="{icon}"/>
    <glob pattern="*.{kind.ending}"/>
  </mime-type>
"""
