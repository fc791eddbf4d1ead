"""The rows of tools/bench/measure: what is compared, on which load, and what is read off."""

import json
from dataclasses import dataclass, field

from measure_stats import Metric

CPU = Metric("cpu_us_per_message", "timing", "us")
READS = Metric("reads_per_message", "counter", "calls")
WRITES = Metric("writes_per_message", "counter", "calls")
SYSCALLS = Metric("syscalls_per_message", "counter", "calls")
# A message of a megabyte is read and written in as many parts as happen to be there.
PARTS = Metric("syscalls_per_message", "counter", "calls", margin=0.4)
# Threads that share a loop wake each other, more or less often as their timing has it.
WAKEUPS = Metric("syscalls_per_message", "timing", "calls")
SWITCHES = Metric("switches_per_message", "timing", "switches", floor=0.01)
# How often malloc gives memory back to the kernel differs from process to process.
FAULTS = Metric("page_faults_per_message", "timing", "faults", floor=0.1)
MEMORY = Metric("bytes_per_connection", "memory", "bytes")
P50 = Metric("p50_us", "timing", "us")
P99 = Metric("p99_us", "timing", "us")
RATE = Metric("messages_per_s", "timing", "1/s", higher_is_better=True)
LOST = Metric("lost_share", "share", "of all")
MISFRAMED = Metric("misframed_share", "share", "of all")
QUEUED = Metric("queued_peak_bytes", "memory", "bytes")
SENDS = Metric("sends_per_message", "counter", "calls")
WAITING = Metric("waiting_share", "share", "of all")


@dataclass
class Row:
    id: str
    what: str
    bad: dict  # what differs: arguments of `scenario`, or settings of a configuration
    good: dict
    metrics: list
    kind: str = "serve"  # serve: `scenario serve` under a load; config: settings under a load; or another subcommand
    load: dict = field(default_factory=dict)  # options of `benchmark`
    control: bool = False  # theory says that it must not matter
    quick: bool = False  # timings are measured with --quick, too


def stream(payload, connections=2, pipeline=16):
    return {"schedule": "closed", "payload": payload, "connections": connections, "pipeline": pipeline}


def steady(rate=1000, connections=8, payload=64, **more):
    return {"rate": rate, "connections": connections, "payload": payload, **more}


def blocking():
    for share, beside in ((25, 50), (75, 150)):
        yield Row(f"blocking-{share}", f"5 ms in a handler, the loop blocked for {share} % of the time: others' latency",
                  {"blocking": "inline"}, {"blocking": "pool"}, [WRITES, WAKEUPS, P50, P99], load=steady(beside_rate=beside), quick=True)
    yield Row("blocking-75-two-threads", "the same work on two threads: a second one hides it",
              {"blocking": "inline", "threads": 2}, {"blocking": "pool", "threads": 2}, [WRITES, WAKEUPS, P50, P99],
              load=steady(beside_rate=150))
    yield Row("blocking-0", "the same handler, but nothing waits", {"blocking": "inline"}, {"blocking": "pool"},
              [WRITES, P50, P99, WAKEUPS], load=steady(), control=True)


def copies():
    for name, size in (("1k", 1024), ("64k", 65536), ("1m", 1048576)):
        load = stream(size, connections=4, pipeline=1)
        calls = PARTS if name == "1m" else SYSCALLS
        yield Row(f"copy-{name}", f"one copy of each message of {name}", {"copies": "once"}, {"copies": "none"},
                  [calls, FAULTS, CPU, RATE], load=load, quick=name == "64k")
        yield Row(f"copies-{name}", f"three live copies of each message of {name}", {"copies": "thrice"}, {"copies": "none"},
                  [calls, FAULTS, CPU, RATE], load=load)
    yield Row("copy-pooled-64k", "one copy of 64k; or one into a pool's buffer, and another one from there into the send queue", {"copies": "once"}, {"copies": "pooled"},
              [SYSCALLS, FAULTS, CPU], load=stream(65536, connections=4, pipeline=1))


def read_buffers():
    for bad, good in ((1024, 16384), (4096, 16384), (16384, 65536)):
        yield Row(f"read-buffer-{bad // 1024}k-{good // 1024}k", f"messages of 10 KB, read {bad} bytes at a time instead of {good}",
                  {"receive-buffer": bad}, {"receive-buffer": good}, [READS, CPU, RATE], load=stream(10240), quick=bad == 1024)
    yield Row("read-buffer-small-messages", "messages of 100 bytes, one at a time: any buffer will do",
              {"receive-buffer": 1024}, {"receive-buffer": 65536}, [READS, P50], load=steady(payload=100), control=True)


def threads(cpus):
    load = stream(64, connections=64, pipeline=1)
    for work, name in ((50, "work"), (0, "trivial")):
        for factor in (8, 32):
            yield Row(f"threads-{factor}x-{name}", f"{factor} threads a CPU instead of one; handlers of {work} us of CPU time",
                      {"threads": factor * cpus, "work-us": work}, {"threads": cpus, "work-us": work},
                      [WRITES, WAKEUPS, SWITCHES, CPU, P99, RATE], load=load, quick=factor == 32 and work == 50)
        yield Row(f"threads-1-{name}", f"one thread instead of one a CPU; handlers of {work} us of CPU time",
                  {"threads": 1, "work-us": work}, {"threads": cpus, "work-us": work},
                  [WRITES, WAKEUPS, SWITCHES, CPU, P99, RATE], load=load)
    yield Row("loops", "one loop for all threads instead of one a thread", {"threads": cpus, "loops": 1},
              {"threads": cpus, "loops": cpus}, [WRITES, WAKEUPS, SWITCHES, CPU, P99], load=steady(rate=2000))


def sending():
    found = {"ignore": [LOST], "drop": [LOST, MISFRAMED], "unbounded": [LOST, QUEUED]}
    for how in ("ignore", "drop", "unbounded"):
        yield Row(f"send-{how}", f"a slow reader: {how} instead of waiting and going on from there",
                  {"how": how}, {"how": "wait"}, found[how],
                  kind="sends", quick=True)
    yield Row("send-bounded", "a slow reader: a queue of 1 MiB instead of one without a limit", {"how": "unbounded"},
              {"how": "bounded"}, [LOST, MISFRAMED, QUEUED], kind="sends")
    yield Row("send-retry", "a slow reader: a pause and the same bytes again instead of poll()", {"how": "retry"},
              {"how": "wait"}, [LOST, MISFRAMED, SENDS], kind="sends", control=True)
    for count in (8, 64):
        yield Row(f"batch-{count}", f"messages of 100 bytes, each sent alone instead of {count} together", {"per-send": 1},
                  {"per-send": count}, [SENDS, CPU, RATE], kind="batches", quick=True)
    for remedy in ("gather", "split_nodelay"):
        yield Row(f"split-{remedy}", f"a request in two writes, Nagle's algorithm on, instead of {remedy}", {"how": "split"},
                  {"how": remedy}, [SENDS, P50], kind="split", quick=True)
    for length in (5, 128):
        yield Row(f"backlog-{length}", f"300 clients connect at once: listen({length}) instead of listen(4096)",
                  {"length": length}, {"length": 4096}, [WAITING], kind="backlog", quick=True)


def settings():
    """Workload settings: the default of messaging.h is `bad`, the change is `good`; or the other way round."""
    idle = steady(connections=2000, rate=500)
    yield Row("memory-receive-buffer", "2000 mostly idle connections: receive_buffer_size 65536 instead of 2048",
              {"receive_buffer_size": 65536}, {"receive_buffer_size": 2048}, [MEMORY], "config", idle, quick=True)
    yield Row("send-buffer", "many small messages: send_buffer_size 1024 instead of 65536", {"send_buffer_size": 1024},
              {"send_buffer_size": 65536}, [WRITES, CPU, RATE], "config", stream(100, 4, 256))
    yield Row("nodelay-single-write", "tcp_nodelay where each answer is one write", {}, {"tcp_nodelay": True},
              [WRITES, P50], "config", steady(), control=True)
    yield Row("zero-copy", "messages of 1 MB on loopback: zero_copy on", {"send_buffer_size": 262144},
              {"send_buffer_size": 262144, "zero_copy": True}, [PARTS, CPU, RATE], "config", stream(1048576, 2, 1))
    yield Row("pending-messages", "max_pending_messages 10000 where 8 are under way", {}, {"max_pending_messages": 10000},
              [WRITES, CPU], "config", stream(64, 8, 1), control=True)


def all_rows(cpus):
    return [*blocking(), *copies(), *read_buffers(), *threads(cpus), *sending(), *settings()]


def options(values):
    """{"rate": 5} as ["--rate", "5"]."""
    return [word for key, value in values.items() for word in (f"--{key.replace('_', '-')}", str(value))]


def command(row, variant, tools, seconds, scratch):
    """(the command of one run, the command of its server or none)."""
    if row.kind not in ("serve", "config"):
        extra = {"batches": {"seconds": seconds}, "split": {"requests": 20},
                 "sends": {"messages": 8000 if seconds < 1 else 20000}}.get(row.kind, {})
        return [str(tools / "scenario"), row.kind, *options(variant | extra)], None
    load = [str(tools / "benchmark"), "--format", "json", "--duration", str(seconds), "--warmup", str(min(1, seconds / 2)),
            *options(row.load)]
    if row.kind == "serve":
        return load, [str(tools / "scenario"), "serve", *options(variant)]
    file = scratch / "settings.json"
    file.write_text(json.dumps({"server": {"max_message_size": 16777216, "max_pending_bytes": 67108864} | variant}))
    return load, [str(tools / "benchmark"), "--serve", "--config", str(file)]


def readings(row, output):
    """The values of one run by the names of metrics."""
    if row.kind not in ("serve", "config"):
        return output
    each, load = output["server"]["per_message"], output["load"]
    values = {f"{name}_per_message": each.get(name) for name in ("reads", "writes", "syscalls", "page_faults")}
    return values | {
        "cpu_us_per_message": each["cpu_us"],
        "switches_per_message": each["voluntary_switches"] + each["involuntary_switches"],
        "bytes_per_connection": output["server"]["resident_bytes"] / load["connections"],
        "p50_us": load["latency_us"]["p50"], "p99_us": load["latency_us"]["p99"], "messages_per_s": load["answers_per_s"],
    }
