"""Which real code tools/dev/corpus analyses, and how it comes into build/corpus."""

import gzip
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "build/bin/nettune-tidy"
WHOLE_TOOL = ROOT / "build/bin/nettune"
SOURCES = (".cpp", ".hpp", ".ipp", ".h", ".inc")
DEB_SRC = """deb-src http://deb.debian.org/debian bookworm main
deb-src http://deb.debian.org/debian-security bookworm-security main
"""


@dataclass
class Unit:
    package: str  # package-version
    path: str
    source: Path
    flags: list
    status: str = "parsed"
    reason: str = ""
    findings: dict = field(default_factory=dict)  # Finding -> text with notes


@dataclass
class DocPackage:
    """An installed Debian package with examples: what of it is analysed, with which flags."""
    name: str
    base: str  # folder that the shown paths are relative to
    units: str  # regular expression over the relative path
    flags: list
    include: list = field(default_factory=list)  # folders below base
    extra: dict = field(default_factory=dict)  # regular expression over the path -> more flags

    def lay_out(self, work):
        """Copies the sources (unpacking .gz) to one folder, so that paths are the package's own."""
        version = query("dpkg-query", "-W", "-f", "${Version}", self.name).split(":")[-1]
        label = f"{self.name}-{version}"
        home = work / label
        shutil.rmtree(home, ignore_errors=True)
        units = []
        for line in query("dpkg", "-L", self.name).splitlines():
            path = Path(line)
            plain = line.removesuffix(".gz")
            if not line.startswith(self.base + "/") or not plain.endswith(SOURCES) or not path.is_file():
                continue
            relative = plain[len(self.base) + 1:]
            copy = home / relative
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(gzip.decompress(path.read_bytes()) if line.endswith(".gz") else path.read_bytes())
            if re.fullmatch(self.units, relative):
                flags = ["-std=c++20", *self.flags, *(f"-I{home / folder}" for folder in self.include)]
                for pattern, more in self.extra.items():
                    flags += more if re.search(pattern, relative) else []
                units.append(Unit(label, relative, copy, flags))
        return units


@dataclass
class SourcePackage:
    """A Debian source package. It is configured, never built."""
    name: str
    version: str
    units: str
    flags: list
    include: list = field(default_factory=list)
    configure: list = field(default_factory=list)  # run in its folder
    # Source packages of libraries whose headers it needs: (name, version, folder of the headers).
    libraries: list = field(default_factory=list)

    def lay_out(self, work):
        label = f"{self.name}-{self.version}"
        home = unpack(self.name, self.version, self.configure, work)
        flags = [*self.flags, *(f"-I{home / folder}" for folder in self.include)]
        for name, version, folder in self.libraries:
            flags += ["-isystem", str(unpack(name, version, [], work) / folder)]
        paths = sorted(str(p.relative_to(home)) for p in home.rglob("*") if p.is_file())
        return [Unit(label, p, home / p, flags) for p in paths if re.fullmatch(self.units, p)]


def unpack(name, version, configure, work):
    """The folder of a Debian source package, downloaded and configured unless it is there."""
    label = f"{name}-{version}"
    home = work / label
    if not (work / f"{label}.ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        dsc = next(p for p in download(name, version, work) if p.suffix == ".dsc")
        query("dpkg-source", "--no-check", "--extract", str(dsc), str(home), cwd=work)
        if configure:
            environment = {**os.environ, "CC": "clang-22", "CXX": "clang++-22"}
            query(*configure, cwd=home, env=environment)
        (work / f"{label}.ready").touch()
    return home


def tidy(checks, source, flags, seconds):
    """nettune-tidy on one file, finished; raises subprocess.TimeoutExpired."""
    command = [str(TOOL), f"-checks={checks}", "--config={}", "--header-filter=.*", "--quiet", str(source), "--", *flags]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds, check=False)


def query(*command, cwd=None, env=None):
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=env)
    if done.returncode:
        sys.exit(f"{shlex.join(map(str, command))}: {(done.stderr or done.stdout).strip()[-2000:]}; "
                 "tools/dev/setup full installs the packages")
    return done.stdout


def download(name, version, work):
    """The files of a Debian source package, in \p work; the machine's own apt sources stay as they are."""
    lists = work / "apt-lists"
    lists.mkdir(parents=True, exist_ok=True)
    source_list = work / "sources.list"
    source_list.write_text(DEB_SRC, encoding="utf-8")
    options = ["-q", "-o", f"Dir::Etc::sourcelist={source_list}", "-o", "Dir::Etc::sourceparts=-", "-o",
               f"Dir::State::lists={lists}", "-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=3"]
    query("apt-get", *options, "update", cwd=work)
    query("apt-get", *options, "--download-only", "source", f"{name}={version}", cwd=work)
    return sorted(work.glob(f"{name}_{version.split(':')[-1].split('-')[0]}*"))


def qt(*modules):
    """Flags for the headers of qtbase5-dev."""
    folders = [f"/usr/include/{machine}-linux-gnu/qt5" for machine in ("x86_64", "aarch64")]
    return ["-fPIC", *(f"-isystem{folder}{module}" for folder in folders for module in ("", *(f"/{m}" for m in modules)))]


@dataclass
class Recipe:
    packages: list
    allowed_failures: int
    whole: bool = False  # the one package is one program, analysed by one `nettune check`


I2PD = SourcePackage("i2pd", "2.45.1-1", r"(libi2pd|libi2pd_client|daemon|i18n|tests)/.*\.cpp", ["-std=c++17"],
                     include=["libi2pd", "libi2pd_client", "i18n", "."])
# Modules for other languages need those languages' headers.
ZNC = SourcePackage("znc", "1.8.2-3.1+deb12u1", r"(src|configured/src|modules)/(?!modperl|modpython|modtcl|cyrusauth)[^/]*\.cpp",
                    ["-std=c++17", "-include", "znc/zncconfig.h", "-Dznc_export_lib_EXPORTS"],
                    include=["configured/include", "include"],
                    configure=["sh", "-c", "cmake -S . -B configured -DWANT_CYRUS=NO -DWANT_I18N=NO -DWANT_SWIG=NO -DWANT_ICU=NO && "
                               "cmake --build configured --target copy_csocket_h copy_csocket_cc"])
# Without what other systems and other TLS libraries need.
ARIA2 = SourcePackage("aria2", "1.36.0-1",
                      r"src/(?!(Apple|Internal|Kqueue|Libgcrypt|Libssl|Libuv|Port|Win)\w+\.cc|(ExpatXmlParser|KeepRunningCommand|aria2api"
                      r"|ApiCallbackDownloadEventListener|crypto_hash|daemon)\.cc)[^/]*\.cc",
                      ["-std=c++14", "-DHAVE_CONFIG_H", '-DLOCALEDIR="locale"', "-I/usr/include/libxml2"],
                      include=[".", "lib", "intl", "src", "src/includes", "deps/wslay/lib/includes"],
                      configure=["./configure", "--with-gnutls", "--without-openssl", "--disable-nls"])
# NAME and NAME-whole share the unpacked sources, in build/corpus/NAME.
RECIPES = {
    "debian-asio": Recipe([
        DocPackage("libasio-doc", "/usr/share/doc/libasio-dev/examples", r".*\.cpp",
                   # Asio 1.22 knows neither clang's way to announce coroutines nor, by itself, that Boost is there.
                   ["-DASIO_ENABLE_BOOST", "-DASIO_HAS_CO_AWAIT=1", "-DASIO_HAS_STD_COROUTINE=1"],
                   extra={r"cpp03/serialization/": ["-DASIO_USE_TS_EXECUTOR_AS_DEFAULT"]}),
        DocPackage("libboost1.81-doc", "/usr/share/doc/libboost1.81-doc/examples/libs", r"(asio|beast)/example/.*\.cpp",
                   [], include=["beast"],
                   extra={r"cpp03/serialization/": ["-DBOOST_ASIO_USE_TS_EXECUTOR_AS_DEFAULT"]}),
    ], allowed_failures=15),
    "i2pd": Recipe([I2PD], allowed_failures=4),
    "i2pd-whole": Recipe([I2PD], allowed_failures=4, whole=True),
    "znc-whole": Recipe([ZNC], allowed_failures=0, whole=True),
    "aria2-whole": Recipe([ARIA2], allowed_failures=0, whole=True),
    "qbittorrent": Recipe([
        SourcePackage("qbittorrent", "4.5.2-3+deb12u1", r"src/(app|base|webui)/(?!.*(_win|/qtlockedfile.*)\.cpp).*\.cpp",
                      ["-std=c++17", "-DDISABLE_GUI", "-DQBT_USES_LIBTORRENT2", "-DQT_USE_QSTRINGBUILDER",
                       *qt("QtCore", "QtNetwork", "QtSql", "QtXml")],
                      include=["src"], libraries=[("libtorrent-rasterbar", "2.0.8-1", "include")],
                      configure=["sh", "-c", "cp src/base/version.h.in src/base/version.h && "
                                 "/usr/lib/qt5/bin/moc src/base/torrentfileswatcher.cpp -o src/base/torrentfileswatcher.moc"]),
    ], allowed_failures=0),
    "zeromq": Recipe([
        SourcePackage("zeromq3", "4.3.4-6", r"(src|tests|perf|unittests)/.*\.cpp",
                      ["-std=c++17", "-DZMQ_CUSTOM_PLATFORM_HPP", "-DZMQ_BUILD_DRAFT_API", "-D_GNU_SOURCE"],
                      include=["include", "src", "configured", "external/unity", "tests"],
                      configure=["cmake", "-S", ".", "-B", "configured", "-DENABLE_DRAFTS=ON"]),
    ], allowed_failures=13),
}
