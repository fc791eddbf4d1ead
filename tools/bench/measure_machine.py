"""On what machine it was measured, and groups that give server and load equal shares of it."""

import contextlib
import os
import platform
import subprocess
from pathlib import Path


def read(path, default="unknown"):
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError:
        return default


def said(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False).stdout.strip() or "unknown"
    except OSError:
        return "unknown"


def cpu_ticks():
    """(all ticks, stolen ticks) since the machine started."""
    ticks = [int(t) for t in read("/proc/stat").split("\n", 1)[0].split()[1:]]
    return sum(ticks[:8]), ticks[7]


def cpu_model():
    lines = [line for line in read("/proc/cpuinfo", "").splitlines() if line.startswith("model name")]
    return lines[0].partition(":")[2].strip() if lines else "unknown"


def quota():
    v2, v1 = read("/sys/fs/cgroup/cpu.max", ""), read("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "")
    return v2 or (v1 if v1 not in ("", "-1") else "none")


def record():
    """What may explain a figure; nothing that tells whose machine it is."""
    return {
        "kernel": platform.release(), "cpus": len(os.sched_getaffinity(0)), "cpu_model": cpu_model(), "quota": quota(),
        "memory_kib": int(next(line.split()[1] for line in read("/proc/meminfo").splitlines() if line.startswith("MemTotal"))),
        "congestion_control": read("/proc/sys/net/ipv4/tcp_congestion_control"),
        "default_qdisc": read("/proc/sys/net/core/default_qdisc"),
        "governor": read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "none"),
        "hypervisor": "yes" if " hypervisor" in read("/proc/cpuinfo", "") else "no",
        "compiler": said("clang++-22", "--version").splitlines()[0],
    }


def load_now():
    return {"load_1min": os.getloadavg()[0], "cpu_pressure": read("/proc/pressure/cpu", "none").split("\n", 1)[0]}


def prepare_tracepoints():
    """perf mounts what the counters of system calls read, if it may; that they are missing is said by the tools."""
    if not Path("/sys/kernel/tracing/events/raw_syscalls").exists():
        said("perf", "stat", "-e", "raw_syscalls:sys_enter", "true")


class Isolation:
    """Two cgroups of equal, large shares, for the server and for the load; `how` says so, or why not."""

    def __init__(self):
        self.groups, self.how = {}, "none"
        for root, weight, value in (("/sys/fs/cgroup/cpu", "cpu.shares", "262144"), ("/sys/fs/cgroup", "cpu.weight", "10000")):
            if not Path(root, weight if weight == "cpu.shares" else "cgroup.controllers").exists():
                continue
            home = Path(root, f"nettune_bench_{os.getpid()}")
            try:
                home.mkdir()
                self.groups = {"home": home}
                for name in ("server", "load"):
                    if weight == "cpu.weight":
                        (home / "cgroup.subtree_control").write_text("+cpu")
                    (home / name).mkdir()
                    self.groups[name] = home / name
                (home / weight).write_text(value)
                self.how = f"two equal cgroups under one with {weight} {value}"
            except OSError as error:
                self.close()
                self.how = f"none: {error.strerror}; more threads may win by their shares alone"
            return

    def enter_load(self):
        """For the new process, before it becomes the command."""
        if "load" in self.groups:
            (self.groups["load"] / "cgroup.procs").write_text(str(os.getpid()))

    def server_command(self, command):
        if "server" not in self.groups:
            return command
        return ["sh", "-c", f"echo $$ > {self.groups['server']}/cgroup.procs && exec \"$@\"", "sh", *command]

    def close(self):
        for name in ("server", "load", "home"):
            if name in self.groups:
                with contextlib.suppress(OSError):
                    self.groups.pop(name).rmdir()
        self.groups = {}
