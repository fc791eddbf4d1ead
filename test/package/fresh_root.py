"""A fresh Debian 12 with its security archive, in a folder.

The system that debootstrap makes is kept (build/package/base), and so are the packages that apt fetches (build/package/archives); each FreshRoot is
a copy. Needs root, and Linux's mount namespaces, which take all mounts away with the command that made them.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

MIRROR, SECURITY = "http://deb.debian.org/debian", "http://deb.debian.org/debian-security"
# What a command sees: the kernel's files, the kept packages, the host's names.
ENTER = """set -e
root=$1 archives=$2; shift 2
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev/shm" 2>/dev/null || true
mount --bind "$archives" "$root/var/cache/apt/archives"
exec chroot "$root" "$@"
"""


def mirror_of_host(wanted):
    """The archive that this machine's own apt uses for it, for instance a proxy; else Debian's."""
    lists = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    text = "\n".join(p.read_text(errors="replace") for p in lists if p.is_file())
    for address in re.findall(r"\bhttps?://[^\s\]]+", text):
        if address.rstrip("/").endswith("/" + wanted.rsplit("/", 1)[1]):
            return address.rstrip("/")
    return wanted


def make_base(base):
    """debootstrap's smallest system; nothing is left of one that was broken off."""
    if base.exists():
        return
    fresh = base.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    mirror = mirror_of_host(MIRROR)
    done = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(fresh), mirror], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"debootstrap ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")
    (fresh / "etc/apt/sources.list").write_text(
        f"deb {mirror} bookworm main\ndeb {mirror_of_host(SECURITY)} bookworm-security main\n")
    (fresh / "etc/apt/apt.conf.d/90test").write_text(
        'APT::Install-Recommends "false";\nAcquire::Retries "3";\nBinary::apt-get::APT::Keep-Downloaded-Packages "true";\n'
        'APT::Keep-Downloaded-Packages "true";\nAPT::Sandbox::User "root";\n')
    fresh.rename(base)


class FreshRoot:
    """`home`: the folder for what is kept and for the copy, which is anew."""

    def __init__(self, home):
        if os.geteuid():
            raise RuntimeError("only root can make a Debian root; run it as root or with sudo")
        self.path, self.archives = home / "root", home / "archives"
        make_base(home / "base")
        shutil.rmtree(self.path, ignore_errors=True)
        subprocess.run(["cp", "-a", str(home / "base"), str(self.path)], check=True)
        (self.archives / "partial").mkdir(parents=True, exist_ok=True)
        shutil.copy("/etc/resolv.conf", self.path / "etc/resolv.conf")

    def run(self, command, directory="/", env=None, timeout=600):
        """A shell command inside: (exit code, standard output, standard error)."""
        inside = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive",
                  **{k: v for k, v in os.environ.items() if k.lower().endswith("_proxy")}, **(env or {})}
        done = subprocess.run(["unshare", "--mount", "bash", "-c", ENTER, "enter", self.path, self.archives,
                               "bash", "-c", f"cd '{directory}' && {command}"],
                              env=inside, capture_output=True, text=True, errors="replace", timeout=timeout, check=False, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr

    def must(self, command, **keywords):
        """The standard output of a command that may not fail."""
        code, out, err = self.run(command, **keywords)
        if code:
            raise RuntimeError(f"in the fresh root, '{command}' ended with {code}: {(out + err)[-2000:]}")
        return out

    def listing(self):
        """Every path with its kind, without what apt and dpkg keep for themselves."""
        own = ("./var/cache/apt", "./var/lib/apt", "./var/lib/dpkg", "./var/log", "./var/cache/debconf", "./tmp", "./srv", "./proc", "./dev")
        done = subprocess.run(["find", ".", "-xdev", "-printf", "%y %p\n"], cwd=self.path, capture_output=True, text=True, check=True)
        return {line for line in done.stdout.splitlines() if not line[2:].startswith(own)}

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)
