"""The rows of anti-patterns: each against its remedy."""

from measure_row import (AT_ONCE, CPU, FAULTS, GAIN, GATHERED, LOST, MISFRAMED, P50, P99, PARTS, QUEUED, QUEUED_READS, RATE, READS,
                         SAME, SENDS, SWITCHES, SYNCS, WAITING, WAKEUPS, WRITES, Row, steady, stream)

QUEUEING = "who shares a loop waits for whoever blocks it: 'blocked' time is utilisation of a single server (queueing theory, M/G/1)"
MEMCPY = "a copy of 64 KB is about 1 us of some 30 to 70 that a message takes; copies cost where there are many, or allocations go to the kernel"
CEILING = "read(2) gives at most the buffer's size: ceil(message / buffer) reads"
RUNNABLE = "more runnable threads than CPUs wait for one another's time slices (sched(7)); CPU-bound work gains nothing"
PARTIAL = "send(2): a full socket takes a part or nothing, and says so only in what it returns"
COMMIT = "fdatasync(2) waits for the device; one for many messages does the same for all of them"


def blocking():
    metrics = [LOST, GATHERED, WAKEUPS, P50, P99]
    for share, beside in ((25, 50), (75, 150)):
        expect = {"p99_us": GAIN, "lost_share": SAME} | ({"p50_us": GAIN} if share == 75 else {})
        yield Row(f"blocking-{share}", f"5 ms in a handler, the loop blocked for {share} % of the time: others' latency",
                  {"blocking": "inline"}, {"blocking": "pool"}, metrics, QUEUEING, expect, load=steady(beside_rate=beside), quick=True)
    yield Row("blocking-75-two-threads", "the same work on two threads: a second one hides it",
              {"blocking": "inline", "threads": 2}, {"blocking": "pool", "threads": 2}, metrics, QUEUEING,
              {"p99_us": GAIN, "lost_share": SAME}, load=steady(beside_rate=150))
    yield Row("blocking-0", "the same handler, but nothing waits", {"blocking": "inline"}, {"blocking": "pool"},
              [LOST, GATHERED, P50, P99], "a handler that never waits blocks nobody", load=steady(), control=True, quick=True)


def copies():
    for name, size in (("1k", 1024), ("64k", 65536), ("1m", 1048576)):
        load = stream(size, connections=4, pipeline=1)
        calls = [WRITES, PARTS] if name == "1k" else [PARTS]
        for id_, variant, number in ((f"copy-{name}", "once", "one copy"), (f"copies-{name}", "thrice", "three live copies")):
            yield Row(id_, f"{number} of each message of {name}", {"copies": variant}, {"copies": "none"}, [*calls, FAULTS, CPU, RATE],
                      MEMCPY, {metric.name: SAME for metric in calls}, load=load, quick=id_ == "copy-64k")
    yield Row("copy-pooled-64k", "one copy of 64k; or one into a pool's buffer, and another one from there into the send queue",
              {"copies": "once"}, {"copies": "pooled"}, [PARTS, FAULTS, CPU], MEMCPY, {PARTS.name: SAME},
              load=stream(65536, connections=4, pipeline=1))


def read_buffers():
    for bad, good in ((1024, 16384), (4096, 16384), (16384, 65536)):
        expect = {"reads_per_message": GAIN} | ({"cpu_us_per_message": GAIN, "messages_per_s": GAIN} if bad == 1024 else {})
        yield Row(f"read-buffer-{bad // 1024}k-{good // 1024}k", f"messages of 10 KB, read {bad} bytes at a time instead of {good}",
                  {"receive-buffer": bad}, {"receive-buffer": good}, [QUEUED_READS, CPU, RATE], CEILING, expect,
                  load=stream(10240), quick=bad == 1024)
    yield Row("read-buffer-small-messages", "messages of 100 bytes, one at a time: any buffer will do",
              {"receive-buffer": 1024}, {"receive-buffer": 65536}, [READS, P50], CEILING, load=stream(100, 8, 1), control=True)


def threads(cpus):
    load = stream(64, connections=64, pipeline=1)
    metrics = [WRITES, WAKEUPS, SWITCHES, CPU, P99, RATE]
    for work, name in ((50, "work"), (0, "trivial")):
        for factor in (8, 32):
            expect = {"writes_per_message": SAME} | ({"p99_us": GAIN, "switches_per_message": GAIN} if work else {})
            yield Row(f"threads-{factor}x-{name}", f"{factor} threads a CPU instead of one; handlers of {work} us of CPU time",
                      {"threads": factor * cpus, "work-us": work}, {"threads": cpus, "work-us": work}, metrics, RUNNABLE, expect,
                      load=load, quick=factor == 32 and work == 50)
        yield Row(f"threads-1-{name}", f"one thread instead of one a CPU; handlers of {work} us of CPU time",
                  {"threads": 1, "work-us": work}, {"threads": cpus, "work-us": work}, metrics,
                  "work of CPU time spreads over as many CPUs as there are threads, if the load leaves them any", {"writes_per_message": SAME}, load=load)


def sending():
    metrics = {"ignore": [LOST], "drop": [LOST, MISFRAMED], "unbounded": [LOST, QUEUED]}
    expect = {"ignore": {"lost_share": GAIN}, "drop": {"lost_share": GAIN, "misframed_share": GAIN},
              "unbounded": {"lost_share": SAME, "queued_peak_bytes": GAIN}}
    for how in ("ignore", "drop", "unbounded"):
        yield Row(f"send-{how}", f"a slow reader: {how} instead of waiting and going on from there",
                  {"how": how}, {"how": "wait"}, metrics[how], PARTIAL, expect[how], kind="sends", quick=True)
    yield Row("send-bounded", "a slow reader: a queue of 1 MiB instead of one without a limit", {"how": "unbounded"},
              {"how": "bounded"}, [LOST, MISFRAMED, QUEUED], "what comes in faster than it goes out piles up, (in - out) x time",
              {"lost_share": SAME, "misframed_share": SAME, "queued_peak_bytes": GAIN}, kind="sends")
    yield Row("send-retry", "a slow reader: a pause and the same bytes again instead of poll()", {"how": "retry"},
              {"how": "wait"}, [LOST, MISFRAMED, SENDS], "both go on from the byte that the socket did not take", kind="sends", control=True)
    for length in (5, 128):
        yield Row(f"backlog-{length}", f"300 clients connect at once: listen({length}) instead of listen(4096)",
                  {"length": length}, {"length": 4096}, [WAITING], "listen(2): the queue holds the backlog and one more",
                  {"waiting_share": GAIN}, kind="backlog", quick=True)
    yield Row("backlog-few-clients", "4 clients connect at once: listen(5) instead of listen(4096)", {"length": 5, "clients": 4},
              {"length": 4096, "clients": 4}, [WAITING], "listen(2): the queue holds the backlog and one more", kind="backlog", control=True)


def writing():
    for count in (8, 64):
        yield Row(f"batch-{count}", f"messages of 100 bytes, each sent alone instead of {count} together", {"per-send": 1},
                  {"per-send": count}, [SENDS, CPU, RATE], "a system call costs about the same for 100 bytes as for 6400",
                  {"sends_per_message": GAIN, "cpu_us_per_message": GAIN, "messages_per_s": GAIN}, kind="batches", quick=True)
    nagle = "Nagle's algorithm keeps the second small write back until the first is acknowledged (RFC 896, tcp(7))"
    for remedy, sends in (("gather", GAIN), ("split_nodelay", SAME)):
        yield Row(f"split-{remedy}", f"a request in two writes, Nagle's algorithm on, instead of {remedy}", {"how": "split"},
                  {"how": remedy}, [SENDS, P50], nagle, {"sends_per_message": sends, "p50_us": GAIN}, kind="split", quick=True)
    yield Row("flush-each-line", "log lines of 100 bytes: std::endl instead of '\\n'", {"how": "flushed"}, {"how": "buffered"},
              [WRITES, RATE], "std::endl flushes: a write(2) for each line instead of one for each full buffer",
              {"writes_per_message": GAIN, "messages_per_s": GAIN}, kind="log", quick=True)
    yield Row("flush-sync", "messages of 100 bytes to a file: fdatasync() after each instead of after 64", {"how": "synced", "messages": 128},
              {"how": "synced_64", "messages": 128}, [WRITES, SYNCS, RATE], COMMIT, {"writes_per_message": SAME, "syncs_per_message": GAIN, "messages_per_s": GAIN},
              kind="log", quick=True)
    yield Row("flush-one-line", "a single log line: std::endl instead of '\\n'", {"how": "flushed", "messages": 1},
              {"how": "buffered", "messages": 1}, [WRITES], "the file is flushed when it is closed in any case", kind="log", control=True)


def locking():
    lock = "while one thread holds the lock and waits for its peer, the others wait for the lock: one I/O at a time (Amdahl's law)"
    metrics = [AT_ONCE, RATE]
    yield Row("lock-over-io", "four threads, a table that stays locked until the peer has answered, instead of only while it is read",
              {"how": "held"}, {"how": "released"}, metrics, lock, {"io_at_once": GAIN, "messages_per_s": GAIN}, kind="locks", quick=True)
    yield Row("lock-over-io-own", "the same, but each thread has a table of its own", {"how": "held", "own": 1}, {"how": "released", "own": 1},
              metrics, "a lock that nobody else takes costs nothing, however long it is held", kind="locks", control=True, quick=True)


def rows(cpus):
    families = {"blocking": blocking(), "copies": copies(), "read buffers": read_buffers(), "threads": threads(cpus), "sending": sending(),
                "writes and flushes": writing(), "locks": locking()}
    for family, members in families.items():
        for row in members:
            row.family = family
            yield row
