#!/bin/sh
# Installs CX Desk for the person who runs this file, without administrator rights; run again, it upgrades.
# The archive has been unpacked around this script: program/, share/, uninstall.sh.
set -eu
umask 022

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in zh*) chinese=yes ;; *) chinese= ;; esac
tell() { # English, Chinese
    if [ -n "$chinese" ]; then text=$2; else text=$1; fi
    printf '%s\n' "$text"
    # Started by a double click there is no terminal, so that a window has to say it.
    if [ ! -t 1 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        if command -v zenity >/dev/null; then zenity --info --no-markup --title 'CX Desk' --text "$text" 2>/dev/null || :
        elif command -v kdialog >/dev/null; then kdialog --title 'CX Desk' --msgbox "$text" 2>/dev/null || :
        fi
    fi
}
stop() { tell "$1" "$2" >&2; exit "${3:-1}"; }

here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
home=$HOME/.local/opt/cxdesk
command=$HOME/.local/bin/cxdesk

[ "$(uname -m)" = @MACHINE@ ] || stop "This file is for @MACHINE@ computers; this one is $(uname -m)." \
    "此文件适用于 @MACHINE@ 电脑；这台电脑是 $(uname -m)。"
have=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)
oldest=$(printf '%s\n%s\n' "${have:-0}" @GLIBC@ | sort -V | head -n 1)
[ "$oldest" = @GLIBC@ ] || stop "This system is too old for CX Desk: it has glibc ${have:-of an unknown version}, and @GLIBC@ is needed." \
    "系统版本太旧，无法运行 CX Desk：需要 glibc @GLIBC@，现有 ${have:-未知版本}。"

for each in /proc/[0-9]*/exe; do
    # A program that was replaced while it runs shows up as "... (deleted)".
    case "$(readlink "$each" 2>/dev/null || :)" in
        "$home/cxdesk"*) stop "CX Desk is open. Close it and run this file again." "CX Desk 正在运行。请先关闭它，再运行此文件。" 3 ;;
    esac
done

# The new program is complete before the old one goes.
mkdir -p "${home%/*}" "$HOME/.local/bin" "$data/applications" "$data/mime/packages" "$data/icons"
rm -rf "$home.new"
cp -a "$here/program" "$home.new"
cp "$here/uninstall.sh" "$home.new/uninstall.sh"
chmod +x "$home.new/uninstall.sh"
rm -rf "$home.old"
[ ! -e "$home" ] || mv "$home" "$home.old"
mv "$home.new" "$home"
rm -rf "$home.old"

ln -sfn "$home/cxdesk" "$command"
cp -a "$here/share/icons/hicolor" "$data/icons/"
cp "$here/share/mime/packages/cxdesk.xml" "$data/mime/packages/cxdesk.xml"
# The entry names the program by its full path, in the way that menu entries quote.
path=$(printf '%s' "$home" | sed -e 's/["`$\\]/\\\\&/g' -e 's/%/%%/g' -e 's/[\\&|]/\\&/g')
sed -e "s|@HOME@|$path|g" "$here/share/applications/cxdesk.desktop" >"$data/applications/cxdesk.desktop"
if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" >/dev/null 2>&1 || :; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications" >/dev/null 2>&1 || :; fi

absent=
if command -v ldd >/dev/null; then
    absent=$(LD_LIBRARY_PATH="$home/_internal" ldd "$home/_internal/PySide6/Qt/plugins/platforms/libqxcb.so" 2>/dev/null |
        sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u | tr '\n' ' ')
fi
if [ -n "$absent" ]; then
    stop "CX Desk is installed, but this system lacks libraries that it needs: $absent
Ask whoever looks after this computer to install them (on Debian and Ubuntu: apt install @PACKAGES@)." \
"CX Desk 已安装，但系统缺少它需要的库：$absent
请让电脑管理员安装它们（Debian 和 Ubuntu：apt install @PACKAGES@）。" 4
fi

tell "CX Desk @VERSION@ is installed. You find it in the menu, and under \"Open with\" for survey files." \
    "CX Desk @VERSION@ 已安装。可在菜单中找到它，也可在问卷文件的“打开方式”中选择它。"
# A double click should end in a running program.
if [ ! -t 1 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${CXDESK_QUIET:-}" ]; then
    "$home/cxdesk" >/dev/null 2>&1 &
fi
