"""Two network namespaces with a long way between them: netem where the kernel has it, else build/bin/wan on two TUN devices.

They are named after this process, and are gone when it ends; those of a process that was killed are removed by the next.
"""

import contextlib
import os
import re
import select
import shutil
import subprocess

NEAR, FAR = "10.77.0.1", "10.77.0.2"
PREFIX, DEVICE = "nettune_", "wan"
READY_SECONDS = 5
PACKAGES = {"ip": "iproute2", "tc": "iproute2", "nsenter": "util-linux"}


class Unavailable(Exception):
    """Why there is no such network here."""


def call(*command):
    """What the command prints. Throws Unavailable with what it says if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except FileNotFoundError:
        raise Unavailable(f"no command '{command[0]}' (package {PACKAGES.get(command[0], 'unknown')})") from None
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{' '.join(command)}: no end after 20 s") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Unavailable(f"{' '.join(command)}: {said[-1] if said else f'ended with {done.returncode}'}")
    return done.stdout


def inside(namespace, *command):
    """The command, run in that network namespace and otherwise where this process is (ip netns exec would hide tracefs)."""
    return ["nsenter", f"--net=/run/netns/{namespace}", *command]


def remove_left_behind():
    """Those whose process is gone."""
    with contextlib.suppress(Unavailable):
        for line in call("ip", "netns", "list").splitlines():
            name = line.split()[0]
            owner = re.fullmatch(PREFIX + r"(\d+)_\d+_(?:near|far)", name)
            if owner and not os.path.exists(f"/proc/{owner[1]}"):
                call("ip", "netns", "del", name)


class Network:
    """One path. `how` says what delays it."""

    def __init__(self, path, number, tools, group=None):
        """group: the control group of the delayer, a folder. Throws Unavailable; nothing is left then."""
        self.path, self.delayer, self.made, self.before = path, None, [], {}
        if not shutil.which("nsenter"):
            raise Unavailable(f"no command 'nsenter' (package {PACKAGES['nsenter']})")
        self.near, self.far = (f"{PREFIX}{os.getpid()}_{number}_{end}" for end in ("near", "far"))
        try:
            for name in (self.near, self.far):
                self.add(name)
            self.how = "netem" if self.netem() else self.delay(tools, group)
            for name, address in ((self.near, NEAR), (self.far, FAR)):
                call("ip", "-n", name, "addr", "add", f"{address}/24", "dev", DEVICE)
                call("ip", "-n", name, "link", "set", DEVICE, "txqueuelen", "10000", "up")
                call("ip", "-n", name, "link", "set", "lo", "up")
        except BaseException:
            self.close()
            raise

    def add(self, name):
        try:
            self.made.append(name)
            call("ip", "netns", "add", name)
        except Unavailable as reason:
            self.made.pop()
            raise Unavailable(f"no network namespace: needs root with CAP_NET_ADMIN and CAP_SYS_ADMIN ({reason})") from None

    def netem(self):
        """True if the two are connected by netem now."""
        path = self.path
        packets = int((path.queue_bytes + path.delay_ms * path.rate_mbit * 125) / 1500) + 100
        shape = ["delay", f"{path.delay_ms}ms", "rate", f"{path.rate_mbit}mbit", "limit", str(packets)]
        loss = ["loss", f"{100 / path.drop_every}%"] if path.drop_every else []
        try:
            call("ip", "-n", self.near, "link", "add", DEVICE, "type", "veth", "peer", "name", DEVICE, "netns", self.far)
        except Unavailable:
            return False
        try:
            call("tc", "-n", self.near, "qdisc", "add", "dev", DEVICE, "root", "netem", *shape, *loss)
            call("tc", "-n", self.far, "qdisc", "add", "dev", DEVICE, "root", "netem", *shape)
        except Unavailable:
            call("ip", "-n", self.near, "link", "del", DEVICE)
            return False
        return True

    def delay(self, tools, group):
        path = self.path
        command = [str(tools / "wan"), "--near", self.near, "--far", self.far, "--delay-ms", str(path.delay_ms),
                   "--rate-mbit", str(path.rate_mbit), "--queue-bytes", str(path.queue_bytes), "--drop-every", str(path.drop_every)]
        try:
            # Its input ends with this process, and the delayer with it.
            self.delayer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                            start_new_session=True)
        except OSError as error:
            raise Unavailable(f"{command[0]}: {error.strerror}") from None
        ready, _, _ = select.select([self.delayer.stdout], [], [], READY_SECONDS)
        if not ready or self.delayer.stdout.readline().strip() != "ready":
            self.stop_delayer()
            raise Unavailable(f"no delayer: {self.said or 'it did not get ready'}")
        if group:
            with contextlib.suppress(OSError):
                (group / "cgroup.procs").write_text(str(self.delayer.pid), encoding="utf-8")
        return "user-space delayer"

    def stop_delayer(self):
        if self.delayer:
            self.delayer.terminate()
            try:
                _, self.said = self.delayer.communicate(timeout=5)
            except subprocess.TimeoutExpired:
                self.delayer.kill()
                _, self.said = self.delayer.communicate()
            self.said, self.delayer = self.said.strip(), None

    def set(self, key, value):
        """A setting of both namespaces. Read back: sysctl ends with 0 for values that it did not take."""
        file = "/proc/sys/" + key.replace(".", "/")
        for name in (self.near, self.far):
            old = call(*inside(name, "cat", file)).split()
            self.before.setdefault((name, key), " ".join(old))
            if old != str(value).split():
                call(*inside(name, "sh", "-c", f"echo '{value}' > {file}"))
            now = call(*inside(name, "cat", file)).split()
            if now != str(value).split():
                raise Unavailable(f"{key} is {' '.join(now)}, not {value}")

    def restore(self):
        for key, value in {key: value for (_, key), value in self.before.items()}.items():
            self.set(key, value)
        self.before = {}

    def close(self):
        self.stop_delayer()
        for name in self.made:
            with contextlib.suppress(Unavailable):
                call("ip", "netns", "del", name)
        self.made = []


class Networks:
    """The networks of a run, made when they are first asked for."""

    def __init__(self, tools, group=None):
        self.tools, self.group, self.open, self.refused = tools, group, {}, {}
        remove_left_behind()

    def of(self, path):
        """Throws Unavailable, for one path always the same."""
        if path in self.refused:
            raise Unavailable(self.refused[path])
        if path not in self.open:
            try:
                self.open[path] = Network(path, len(self.open), self.tools, self.group)
            except Unavailable as reason:
                self.refused[path] = str(reason)
                raise
        return self.open[path]

    def how(self):
        return ", ".join(sorted({network.how for network in self.open.values()})) or next(iter(self.refused.values()), "not used")

    def close(self):
        for network in self.open.values():
            network.close()
        self.open = {}
