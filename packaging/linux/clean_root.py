"""A Debian system made for the test: the smallest there is, without Python, without fonts, without network.

It is made by mmdebstrap once and kept as an archive in ``build/prove``; each test unpacks its own copy. Programs run
in it as an ordinary person, with a screen of the real system's Xvfb.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from product import BUILD

SUITE = "bookworm"
FOLDER = BUILD / "prove"
PERSON = "/home/person"
_SCREENS = Path("/", "tmp", ".X11-unix")
"""Where screens are reached, in every Linux; a clean root has none of its own."""

_PERSON_ID = 1000
_FOR_THE_DESKTOP = ("desktop-file-utils", "hicolor-icon-theme", "libglib2.0-bin", "shared-mime-info")
"""What every desktop has: keeps kinds of files and menus up to date, and `gio open`, which is what a double click
does."""

_TOOLS = {
    "mmdebstrap": "mmdebstrap",
    "Xvfb": "xvfb",
    "unshare": "util-linux",
    "chroot": "coreutils",
    "tar": "tar",
}


class ClosedRoot(Exception):
    """A program in the root ended badly; the message is what it said."""


def missing() -> list[str]:
    """Return what this machine lacks to make and use a clean root, one sentence each."""
    if sys.platform != "linux":
        return ["A clean Debian can be made on Linux only."]
    lacks = [
        f"{tool} is missing: apt install {package}." for tool, package in _TOOLS.items() if shutil.which(tool) is None
    ]
    if os.geteuid() != 0:
        lacks.append("Only root can enter another root folder: run this with sudo.")
    elif (
        not lacks and subprocess.run(["unshare", "-n", "-m", "true"], capture_output=True, check=False).returncode != 0
    ):
        lacks.append("This machine does not let a program have a network of its own (unshare).")
    return lacks


class CleanRoot:
    """One copy of the clean system, in ``build/prove/<name>``."""

    def __init__(self, name: str) -> None:
        """``name`` is the folder's; nothing is made yet."""
        self.path = FOLDER / name

    def make(self, packages: Sequence[str]) -> None:
        """Unpack a fresh copy that has ``packages`` and what they need, and a person. Raises `ClosedRoot`."""
        archive = _archive((*packages, *_FOR_THE_DESKTOP))
        self.remove()
        self.path.mkdir(parents=True)
        _run(["tar", "-xf", str(archive), "-C", str(self.path)])
        # Packages bring a font or two along; the program has to do without.
        shutil.rmtree(self.path / "usr" / "share" / "fonts", ignore_errors=True)
        home = self.inside(PERSON)
        home.mkdir(parents=True)
        with (self.path / "etc" / "passwd").open("a", encoding="utf-8") as stream:
            stream.write(f"person:x:{_PERSON_ID}:{_PERSON_ID}::{PERSON}:/bin/sh\n")
        os.chown(home, _PERSON_ID, _PERSON_ID)

    def inside(self, path: str) -> Path:
        """Where a path of the root lies outside of it."""
        return self.path / path.lstrip("/")

    def give(self, path: str, content: Path) -> None:
        """Copy a file to ``path`` in the root; in the person's folder it is the person's own."""
        target = self.inside(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(content, target)
        if path.startswith(PERSON):
            for each in (target, target.parent):
                os.chown(each, _PERSON_ID, _PERSON_ID)

    def run(
        self,
        script: str,
        display: str = "",
        *,
        person: bool = True,
        language: str = "zh_CN.UTF-8",
        patience: float = 300,
    ) -> str:
        """Run a shell script inside, without any network, and return what it said.

        Raises `ClosedRoot` if it ends with another status than 0, `subprocess.TimeoutExpired` after ``patience``
        seconds.
        """
        home = PERSON if person else "/srv"
        environment = {"HOME": home, "LANG": language, "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
        environment |= {"USER": "person", "DISPLAY": display} if person else {"DEBIAN_FRONTEND": "noninteractive"}
        settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
        who = f"--userspec={_PERSON_ID}:{_PERSON_ID}" if person else "--userspec=0:0"
        root = shlex.quote(str(self.path))
        # Mounts and processes end with this one command, whatever happens.
        enter = (
            f"mount -t proc proc {root}/proc && mount -t tmpfs -o mode=1777 shm {root}/dev/shm && "
            f"mkdir -p {root}{_SCREENS} && mount --bind {_SCREENS} {root}{_SCREENS} && "
            f"exec chroot {who} {root} env -i {settings} sh -c {shlex.quote('cd || exit; ' + script)}"
        )
        return _run(["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", enter], patience)

    def files(self) -> frozenset[str]:
        """Every file in the root but those of devices and processes; paths from its top."""
        found = set()
        for folder, folders, names in os.walk(self.path):
            folders[:] = [
                each
                for each in folders
                if Path(folder, each) not in {self.path / "proc", self.path / "dev", self.path / "tmp"}
            ]
            found |= {str(Path(folder, name).relative_to(self.path)) for name in (*names, *folders)}
        return frozenset(found)

    def remove(self) -> None:
        """Delete the copy."""
        shutil.rmtree(self.path, ignore_errors=True)


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen that programs in a root can draw on; yields its name, as in ":7"."""
    read, write = os.pipe()
    order = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-ac", "-nolisten", "tcp"]
    server = subprocess.Popen(order, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as stream:
            yield f":{stream.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _archive(packages: Sequence[str]) -> Path:
    """The clean system as an archive; made if there is none with these packages yet."""
    listed = ",".join(sorted(packages))
    archive = FOLDER / f"{SUITE}-{hashlib.sha256(listed.encode()).hexdigest()[:12]}.tar"
    if not archive.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = archive.with_suffix(".part.tar")
        _run(["mmdebstrap", "--quiet", "--variant=minbase", f"--include={listed}", SUITE, str(part)], 900)
        part.replace(archive)
    return archive


def _run(order: Sequence[str], patience: float = 300) -> str:
    done = subprocess.run(
        order, capture_output=True, text=True, errors="replace", timeout=patience, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        raise ClosedRoot(f"status {done.returncode}: {done.stdout[-1500:]}{done.stderr[-1500:]}".strip())
    return done.stdout
