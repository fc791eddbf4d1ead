"""The rows of settings: the default of messaging.h against one change, where theory says that it matters, and where it must not."""

from measure_row import (BATCHED, CPU, DISCONNECTS, GAIN, LOSS, LOST, MEMORY, ONE_AT_A_TIME, P50, P99, QUEUED_READS, RATE, READS, SAME, SWITCHES, WAKEUPS, WRITES, Path, Row, steady,
                         stream)

LIMIT = "a limit is compared with, and costs nothing, as long as it is not reached"
WHO_WAITS = "a session that says nothing for so long is closed; clients that pause longer lose it"
# Clients that say something once a second on average, each for itself.
SELDOM = steady(rate=50, connections=50, drain=0.2)


def config(id_, setting, what, change, metrics, why, load, expect=None, **more):
    """Everything else has its default, but for the keys in `both`; so has the setting before the change, unless `instead_of` says else."""
    both, before = more.pop("both", {}), more.pop("instead_of", {})
    return Row(id_, what, both | before, both | change, metrics, why, expect or {}, kind="config", load=load, setting=setting,
               family="settings", **more)


def buffers():
    many = stream(100, 4, 256)
    yield config("receive-buffer-64k", "receive_buffer_size", "messages of 10 KB, many under way: receive_buffer_size 65536",
                 {"receive_buffer_size": 65536}, [QUEUED_READS, CPU, RATE], "read(2) gives at most the buffer's size", stream(10240),
                 {"reads_per_message": GAIN}, quick=True)
    yield config("receive-buffer-64k-control", "receive_buffer_size", "messages of 64 bytes, one at a time: receive_buffer_size 65536",
                 {"receive_buffer_size": 65536}, [READS, P50], "a message that fits either buffer is one read", ONE_AT_A_TIME, control=True)
    idle, own = steady(connections=2000, rate=500), "each connection has a buffer of its own"
    yield config("memory-receive-buffer", "receive_buffer_size", "2000 mostly idle connections: receive_buffer_size 2048 instead of 65536",
                 {"receive_buffer_size": 2048}, [MEMORY], own, idle, {"bytes_per_connection": GAIN}, quick=True, cost=0.4,
                 instead_of={"receive_buffer_size": 65536})
    yield config("memory-receive-buffer-default", "receive_buffer_size", "2000 mostly idle connections: receive_buffer_size 2048",
                 {"receive_buffer_size": 2048}, [MEMORY], own, idle, {"bytes_per_connection": GAIN}, cost=0.4)
    yield config("send-buffer", "send_buffer_size", "small messages, many under way: send_buffer_size 65536 instead of 1024",
                 {"send_buffer_size": 65536}, [BATCHED, CPU, RATE], "pending messages leave in writes of at most so many bytes", many,
                 {"writes_per_message": GAIN}, instead_of={"send_buffer_size": 1024})
    yield config("send-buffer-64k", "send_buffer_size", "small messages, many under way: send_buffer_size 65536", {"send_buffer_size": 65536},
                 [BATCHED, CPU, RATE], "pending messages leave in writes of at most so many bytes", many, {"writes_per_message": GAIN}, both={"receive_buffer_size": 65536})
    yield config("send-buffer-64k-control", "send_buffer_size", "one message at a time: send_buffer_size 65536", {"send_buffer_size": 65536},
                 [WRITES, P50], "there is nothing to gather", ONE_AT_A_TIME, control=True)


def queues():
    many = stream(100, 4, 256)
    for setting, least, most in (("max_pending_messages", 1, 100000), ("max_pending_bytes", 100, 1073741824)):
        name = setting.replace("max_", "").replace("_", "-")
        yield config(f"{name}-one", setting, f"small messages, many under way: {setting} {least}, which is one message", {setting: least},
                     [BATCHED, RATE], "a queue that holds one message gives nothing to gather", many, {"writes_per_message": LOSS, "messages_per_s": LOSS})
        yield config(name, setting, f"one message at a time: {setting} {most}", {setting: most}, [WRITES, P50], LIMIT,
                     ONE_AT_A_TIME, control=True)


def limits():
    large = steady(rate=20, connections=2, payload=2000000, drain=0.5)
    yield config("max-message-size", "max_message_size", "messages of 2 MB: max_message_size 16 MiB instead of 1 MiB", {"max_message_size": 16777216},
                 [LOST], "a larger message closes the session", large, {"lost_share": GAIN}, cost=0.5)
    yield config("max-message-size-control", "max_message_size", "messages of 64 bytes: max_message_size 16 MiB", {"max_message_size": 16777216},
                 [LOST, WRITES, CPU], LIMIT, ONE_AT_A_TIME, control=True)
    yield Row("max-connections", "200 clients: max_connections 100 instead of 10000", {"limit": 10000, "clients": 200},
              {"limit": 100, "clients": 200}, [LOST], "connections beyond it are closed at once", {"lost_share": LOSS}, kind="crowd",
              setting="max_connections", family="settings")
    yield config("max-connections-control", "max_connections", "8 connections: max_connections 100", {"max_connections": 100},
                 [LOST, WRITES, CPU], LIMIT, ONE_AT_A_TIME, control=True)
    for setting in ("connection_timeout_ms", "keep_alive_timeout_ms"):
        name = setting.removesuffix("_ms").replace("_", "-")
        yield config(name, setting, f"50 clients that say something once a second: {setting} 250", {setting: 250}, [DISCONNECTS], WHO_WAITS, SELDOM,
                     {"disconnects_per_connection": LOSS}, quick=True, cost=0.2)
        yield config(f"{name}-control", setting, f"8 clients that are never silent: {setting} 5000", {setting: 5000}, [DISCONNECTS, WRITES, CPU],
                     WHO_WAITS, ONE_AT_A_TIME, control=True)


def threads(cpus):
    crowd, single = stream(64, 64, 1), stream(64, 1, 1)
    yield config("thread-count-32x", "thread_count", "64 connections: thread_count 32 times the CPUs", {"thread_count": 32 * cpus},
                 [WRITES, SWITCHES, CPU, P99, RATE], "more threads than CPUs take turns; each turn costs a switch", crowd,
                 {"writes_per_message": SAME, "p99_us": LOSS})
    yield config("thread-count-32x-control", "thread_count", "one connection, one message at a time: thread_count 32 times the CPUs",
                 {"thread_count": 32 * cpus}, [WRITES, P50], "there is work for one thread only; the others sleep", single, control=True)
    yield config("loops", "io_threads", "64 connections: io_threads as many as CPUs, a loop for each thread", {"io_threads": cpus},
                 [WRITES, SWITCHES, CPU, P99, RATE], "threads with a loop each do not wait for one lock, nor wake one another", crowd,
                 {"writes_per_message": SAME}, both={"thread_count": cpus})
    yield config("loops-control", "io_threads", "one connection, one message at a time: io_threads as many as CPUs", {"io_threads": cpus},
                 [WRITES, P50], "there is work for one loop only", single, both={"thread_count": cpus}, control=True)


def sockets():
    yield config("nodelay-wan", "tcp_nodelay", "100 messages a second on one connection over a way of 50 ms there and back: tcp_nodelay",
                 {"tcp_nodelay": True}, [WRITES, P50], "without, an answer waits until the one before is acknowledged (RFC 896, tcp(7))",
                 {"schedule": "fixed", "rate": 100, "connections": 1, "payload": 64}, {"p50_us": GAIN}, quick=True, path=Path(), cost=0.3)
    yield config("nodelay-single-write", "tcp_nodelay", "one message at a time: tcp_nodelay", {"tcp_nodelay": True}, [WRITES, P50],
                 "a single write with nothing unacknowledged before it leaves at once", ONE_AT_A_TIME, control=True)
    large = {"max_message_size": 16777216, "max_pending_bytes": 67108864}
    yield config("zero-copy", "zero_copy", "messages of 1 MB on loopback: zero_copy", {"zero_copy": True}, [LOST, WAKEUPS, CPU, RATE],
                 "on loopback the kernel copies all the same (msg_zerocopy.rst), and reports it; tuning without gain", stream(1048576, 2, 1), {"lost_share": SAME},
                 both=large | {"send_buffer_size": 262144}, quick=True)
    yield config("zero-copy-control", "zero_copy", "messages of 64 bytes: zero_copy", {"zero_copy": True}, [WRITES, P50],
                 "it is for writes over about 10 KB (msg_zerocopy.rst), and the server uses it for no others", ONE_AT_A_TIME, control=True)


def rows(cpus):
    return [*buffers(), *queues(), *limits(), *threads(cpus), *sockets()]
