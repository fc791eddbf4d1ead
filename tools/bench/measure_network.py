"""The rows over a wide-area network, and those of the operating system's settings, which namespaces have for themselves."""

from measure_row import (BURST, CHUNKS, GAIN, P50, READS_PER_MIB, SAME, SENDS, THROUGHPUT, UNDER_WAY, WAITING, WINDOW, Path, Row)

WAY = Path()
AUTOTUNING = ("one window a round trip: 64 KB / 50 ms = 10 Mbit/s of 100; setting SO_RCVBUF or SO_SNDBUF switches the kernel's "
              "autotuning off (ip-sysctl.rst, tcp(7))")
NAGLE = "the second small write waits for the first one's acknowledgement: one more round trip (RFC 896, tcp(7))"
IDLE = "after a pause longer than the retransmission timeout the congestion window begins anew (RFC 5681, 4.1; ip-sysctl.rst)"


def wan(id_, what, bad, good, metrics, why, expect=None, **more):
    return Row(id_, what, bad, good, metrics, why, expect or {}, path=more.pop("path", WAY), family="wide-area network", **more)


def socket_buffers():
    metrics, fixed = [CHUNKS, UNDER_WAY, THROUGHPUT], 65536
    expect = {"sends_per_mib": SAME, "in_flight_bytes": GAIN, "mbit_per_s": GAIN}
    for option in ("so-rcvbuf", "so-sndbuf"):
        yield wan(f"wan-{option}", f"50 ms there and back, 100 Mbit/s: {option.upper().replace('-', '_')} {fixed} instead of autotuning",
                  {option: fixed}, {}, metrics, AUTOTUNING, expect, kind="transfer", quick=option == "so-rcvbuf", setting=option.replace("-", "_"))
    yield wan("wan-so-rcvbuf-requests", "requests of 104 bytes over the same way: SO_RCVBUF 65536 instead of autotuning",
              {"how": "gather", "so-rcvbuf": fixed}, {"how": "gather"}, [SENDS, P50], "a request is far smaller than either window",
              kind="split", control=True, setting="so_rcvbuf")
    yield wan("wan-so-sndbuf-requests", "requests of 104 bytes over the same way: SO_SNDBUF 65536 instead of autotuning",
              {"how": "gather", "so-sndbuf": fixed}, {"how": "gather"}, [SENDS, P50], "a request is far smaller than either window",
              kind="split", control=True, setting="so_sndbuf")
    yield Row("loopback-so-rcvbuf", "the same transfer on loopback: SO_RCVBUF 65536 instead of autotuning", {"so-rcvbuf": fixed}, {},
              [CHUNKS, THROUGHPUT], "there is no round trip to fill; a small window makes the two ends take turns", {"sends_per_mib": SAME},
              kind="transfer", family="wide-area network", setting="so_rcvbuf")
    yield wan("wan-read-buffer", "50 ms there and back, 100 Mbit/s: read 1024 bytes at a time instead of 65536", {"read-buffer": 1024}, {},
              [CHUNKS, READS_PER_MIB, THROUGHPUT], "the application's buffer is not the window: it costs system calls, not throughput",
              {"sends_per_mib": SAME, "reads_per_mib": GAIN, "mbit_per_s": SAME}, kind="transfer")


def small_writes():
    for remedy, sends in (("gather", GAIN), ("split_nodelay", SAME)):
        yield wan(f"wan-split-{remedy}", f"50 ms there and back: a request in two writes instead of {remedy}", {"how": "split"}, {"how": remedy},
                  [SENDS, P50], NAGLE, {"sends_per_message": sends, "p50_us": GAIN}, kind="split", quick=remedy == "gather")


def system_settings():
    key = "net.ipv4.tcp_slow_start_after_idle"
    for control, congestion in ((False, "reno"), (True, "bbr")):
        yield wan(f"wan-slow-start-after-idle-{congestion}", f"a burst of 200 KB after 0.8 s of silence, {congestion}: {key} 1 instead of 0",
                  {"sysctl": 1}, {"sysctl": 0}, [WINDOW, BURST], f"bbr sets its own pace after a pause, and the kernel asks {key} only without it (tcp_output.c)"
                  if control else IDLE, {} if control else {"window_segments": GAIN, "burst_ms": GAIN}, kind="bursts", control=control,
                  sysctl=key, sysctls={"net.ipv4.tcp_congestion_control": congestion}, setting="tcp_slow_start_after_idle", cost=0.7)
    yield wan("wan-congestion-control-loss", "1 of 1000 packets lost on 50 ms there and back, 100 Mbit/s: reno instead of bbr", {"sysctl": "reno"},
              {"sysctl": "bbr"}, [CHUNKS, THROUGHPUT], "reno halves its window for each loss: about MSS / (RTT x sqrt(loss)) (RFC 5681; Mathis 1997)",
              {"sends_per_mib": SAME, "mbit_per_s": GAIN}, kind="transfer", sysctl="net.ipv4.tcp_congestion_control",
              path=Path(drop_every=1000), setting="tcp_congestion_control", cost=0.5)
    yield wan("wan-congestion-control-requests", "requests of 104 bytes, one at a time, no loss: reno instead of bbr",
              {"how": "gather", "sysctl": "reno"}, {"how": "gather", "sysctl": "bbr"}, [SENDS, P50], "a request fits the first window of either",
              kind="split", control=True, sysctl="net.ipv4.tcp_congestion_control", setting="tcp_congestion_control")
    for name, end, small, large in (("tcp_rmem", "receiver", "4096 65536 131072", "4096 131072 33554432"),
                                    ("tcp_wmem", "sender", "4096 16384 65536", "4096 16384 4194304")):
        slug = name.replace("_", "-")
        yield wan(f"wan-{slug}", f"50 ms there and back, 100 Mbit/s: {name} {small!r} instead of {large!r} ({end})", {"sysctl": small},
                  {"sysctl": large}, [CHUNKS, UNDER_WAY, THROUGHPUT], "autotuning stops at the third value: one window a round trip (ip-sysctl.rst)",
                  {"sends_per_mib": SAME, "in_flight_bytes": GAIN, "mbit_per_s": GAIN}, kind="transfer", sysctl=f"net.ipv4.{name}", setting=name)
        yield wan(f"wan-{slug}-requests", f"requests of 104 bytes: {name} {small!r} instead of {large!r}", {"how": "gather", "sysctl": small},
                  {"how": "gather", "sysctl": large}, [SENDS, P50], "a request is far smaller than either window", kind="split", control=True,
                  sysctl=f"net.ipv4.{name}", setting=name)
    for clients, control in ((300, False), (4, True)):
        yield wan(f"somaxconn-{clients}-clients", f"{clients} clients connect at once, listen(4096): net.core.somaxconn 16 instead of 4096",
                  {"length": 4096, "clients": clients, "sysctl": 16}, {"length": 4096, "clients": clients, "sysctl": 4096}, [WAITING],
                  "listen(2): the backlog is cut to it silently", {} if control else {"waiting_share": GAIN}, kind="backlog", control=control,
                  sysctl="net.core.somaxconn", setting="somaxconn")


def rows():
    return [*socket_buffers(), *small_writes(), *system_settings()]
