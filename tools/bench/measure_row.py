"""What a row of tools/bench/measure is, and what may be read off."""

from dataclasses import dataclass, field

from measure_stats import Metric

# Counters are what a message costs whatever the timing is; what timing changes counts as timing.
READS = Metric("reads_per_message", "counter", "calls")
WRITES = Metric("writes_per_message", "counter", "calls")
SENDS = Metric("sends_per_message", "counter", "calls")
SYNCS = Metric("syncs_per_message", "counter", "calls")
CHUNKS = Metric("sends_per_mib", "counter", "calls")
AT_ONCE = Metric("io_at_once", "counter", "threads", higher_is_better=True)
WINDOW = Metric("window_segments", "counter", "segments", higher_is_better=True, margin=0.5)
# How many messages wait together when a call is made: here a difference is one of halves.
QUEUED_READS = Metric("reads_per_message", "counter", "calls", margin=0.5)
BATCHED = Metric("writes_per_message", "counter", "calls", margin=0.5)
# A message of many kilobytes is read and written in as many parts as happen to be there.
PARTS = Metric("syscalls_per_message", "counter", "calls", margin=0.4)
LOST = Metric("lost_share", "share", "of all")
MISFRAMED = Metric("misframed_share", "share", "of all")
DISCONNECTS = Metric("disconnects_per_connection", "share", "disconnects")
WAITING = Metric("waiting_share", "share", "of all")
MEMORY = Metric("bytes_per_connection", "memory", "bytes")
QUEUED = Metric("queued_peak_bytes", "memory", "bytes", margin=0.5)
UNDER_WAY = Metric("in_flight_bytes", "memory", "bytes", higher_is_better=True, margin=0.5)

CPU = Metric("cpu_us_per_message", "timing", "us")
# Threads that share a loop wake each other, more or less often as their timing has it.
WAKEUPS = Metric("syscalls_per_message", "timing", "calls")
# Answers that pile up behind a loop that is busy leave together.
GATHERED = Metric("writes_per_message", "timing", "calls")
SWITCHES = Metric("switches_per_message", "timing", "switches", floor=0.01)
# How often malloc gives memory back to the kernel differs from process to process.
FAULTS = Metric("page_faults_per_message", "timing", "faults", floor=0.1)
READS_PER_MIB = Metric("reads_per_mib", "timing", "calls")
P50 = Metric("p50_us", "timing", "us")
P99 = Metric("p99_us", "timing", "us")
BURST = Metric("burst_ms", "timing", "ms")
RATE = Metric("messages_per_s", "timing", "1/s", higher_is_better=True)
THROUGHPUT = Metric("mbit_per_s", "timing", "Mbit/s", higher_is_better=True)

GAIN, LOSS, SAME, EITHER = "gain", "loss", "no difference", "either"


@dataclass(frozen=True)
class Path:
    """A way between two network namespaces."""

    delay_ms: float = 25  # one way
    rate_mbit: float = 100
    queue_bytes: int = 1500000
    drop_every: int = 0


@dataclass
class Row:
    id: str
    what: str
    bad: dict  # what differs: arguments of `scenario`, or settings of a configuration
    good: dict
    metrics: list
    why: str  # what theory says, and where
    expect: dict = field(default_factory=dict)  # the verdict that theory expects, by metric; of a control: no difference
    kind: str = "serve"  # serve: `scenario serve` under a load; config: settings under a load; or another subcommand
    load: dict = field(default_factory=dict)  # options of `benchmark`
    control: bool = False  # theory says that it must not matter
    quick: bool = False  # timings are measured with --quick, too
    setting: str = ""  # of messaging.h, or of the operating system, if it is one
    family: str = ""  # rows of one kind, in one plot
    path: Path | None = None  # between two namespaces; none: on loopback, in the namespace that there is
    sysctls: dict = field(default_factory=dict)  # of the namespaces, in both variants
    sysctl: str = ""  # the key that `bad` and `good` give a value each, as {"sysctl": value}
    cost: float = 0  # seconds of one run beyond those measured, where it is far more than usual

    def expected(self, metric):
        """gain, loss, no difference or either."""
        return self.expect.get(metric, SAME if self.control else EITHER)

    def loses(self):
        """Whether messages may get lost: it is what the row is about."""
        return any(metric in (LOST, DISCONNECTS) for metric in self.metrics)


def stream(payload, connections=2, pipeline=16):
    return {"schedule": "closed", "payload": payload, "connections": connections, "pipeline": pipeline}


def steady(rate=1000, connections=8, payload=64, **more):
    return {"rate": rate, "connections": connections, "payload": payload, **more}


# One message under way on each connection: each is one write, whatever the timing.
ONE_AT_A_TIME = stream(64, 8, 1)
