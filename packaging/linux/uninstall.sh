#!/bin/sh
# Removes what the installer of CX Desk put into this person's folders. Surveys, projects, reports and settings stay.
set -eu

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in zh*) chinese=yes ;; *) chinese= ;; esac
data=${XDG_DATA_HOME:-$HOME/.local/share}
home=$(cd "$(dirname "$0")" && pwd)
# The name is checked, because the folder is about to be removed.
[ "${home##*/}" = cxdesk ] && [ -x "$home/cxdesk" ] || exit 1

pick() { if [ -n "$chinese" ]; then printf '%s' "$2"; else printf '%s' "$1"; fi; }
if [ "${1:-}" = --ask ]; then
    question=$(pick 'Remove CX Desk? Your surveys, projects and reports stay.' '要卸载 CX Desk 吗？您的问卷、项目和报告会保留。')
    if command -v zenity >/dev/null; then zenity --question --no-markup --title 'CX Desk' --text "$question" 2>/dev/null || exit 0
    elif command -v kdialog >/dev/null; then kdialog --title 'CX Desk' --yesno "$question" 2>/dev/null || exit 0
    fi
fi
for each in /proc/[0-9]*/exe; do
    case "$(readlink "$each" 2>/dev/null || :)" in
        "$home/cxdesk"*)
            pick 'CX Desk is open. Close it first.' 'CX Desk 正在运行。请先关闭它。' >&2
            echo >&2
            exit 3 ;;
    esac
done

rm -f "$data/applications/cxdesk.desktop" "$data/mime/packages/cxdesk.xml"
find "$data/icons/hicolor" \( -name 'cxdesk.png' -o -name 'cxdesk.svg' -o -name 'application-x-cxdesk-*' \) -type f -delete 2>/dev/null || :
if [ "$(readlink "$HOME/.local/bin/cxdesk" 2>/dev/null || :)" = "$home/cxdesk" ]; then rm -f "$HOME/.local/bin/cxdesk"; fi
# What these two keep up to date is made from the other files in the folder: without any, it goes as well.
if rmdir "$data/mime/packages" 2>/dev/null; then rm -rf "$data/mime"
elif command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" >/dev/null 2>&1 || :; fi
if ! ls "$data/applications/"*.desktop >/dev/null 2>&1; then rm -f "$data/applications/mimeinfo.cache"
elif command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications" >/dev/null 2>&1 || :; fi
cd /
rm -rf "$home"
# Folders that were made for it and are empty now.
find "$data/icons/hicolor" -depth -type d -empty -delete 2>/dev/null || :
rmdir "${home%/*}" "$HOME/.local/bin" "$data/icons" "$data/applications" 2>/dev/null || :
pick 'CX Desk is removed.' 'CX Desk 已卸载。'
echo
