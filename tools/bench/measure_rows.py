"""All rows of tools/bench/measure, and how one is run: the command, and what is read off its output."""

import json

import measure_network
import measure_patterns
import measure_settings
import measure_wan

# Seconds of one run that are not measured time: processes that start and end, counters that are opened and closed.
OVERHEAD = {"serve": 0.08, "config": 0.08, "sends": 0.05, "batches": 0.02, "split": 0, "backlog": 0.32, "crowd": 0.05, "transfer": 0.1, "bursts": 0.7,
            "locks": 0.02, "log": 0.1}
LOADED = ("serve", "config")  # `benchmark` puts a load on a server
ROUTED = ("transfer", "split", "bursts")  # `scenario` enters the namespaces itself


def all_rows(cpus):
    return [*measure_patterns.rows(cpus), *measure_settings.rows(cpus), *measure_network.rows()]


def options(values):
    """{"rate": 5} as ["--rate", "5"]."""
    return [word for key, value in values.items() for word in (f"--{key.replace('_', '-')}", str(value))]


def run_seconds(row, seconds):
    """Of one run, about."""
    measured = {"sends": 0.3 if seconds < 1 else 2, "split": (0.4 if row.path else 0.3) * (1 if seconds < 1 else 2.2), "backlog": 0, "crowd": 0, "log": 0.05, "bursts": 0,
                "locks": lock_seconds(seconds), "transfer": transfer_warmup(row) + transfer_seconds(seconds)}.get(row.kind, seconds + warmup(row, seconds) if row.kind in LOADED else seconds)
    return measured + OVERHEAD[row.kind] + row.cost


def warmup(row, seconds):
    return 0.3 if row.path else min(0.5, seconds / 3)


def lock_seconds(seconds):
    return min(0.5, seconds / 2)


def transfer_warmup(row):
    """Until windows have grown."""
    return 0.5 if row.path else 0.2


def transfer_seconds(seconds):
    return max(0.4, min(seconds, 1.5))


def scenario(row, variant, tools, seconds, network):
    """The command of a scenario that needs no load."""
    extra = {"batches": {"seconds": seconds}, "locks": {"seconds": lock_seconds(seconds)}, "log": {"messages": 20000}, "bursts": {"pause": 0.8},
             "transfer": {"warmup": transfer_warmup(row), "seconds": transfer_seconds(seconds)}, "split": {"requests": (4 if seconds < 1 else 10) if row.path else (10 if seconds < 1 else 20)},
             "sends": {"messages": 3000 if seconds < 1 else 20000}}.get(row.kind, {})
    given = extra | {key: value for key, value in variant.items() if key != "sysctl"}
    if network and row.kind in ROUTED:
        given |= {"near": network.near, "far": network.far, "address": measure_wan.FAR}
    words = [str(tools / "scenario"), row.kind, *options(given)]
    return measure_wan.inside(network.near, *words) if network and row.kind not in ROUTED else words


def command(row, variant, tools, seconds, scratch, network=None):
    """(the command of one run, the command of its server or none)."""
    if row.kind not in LOADED:
        return scenario(row, variant, tools, seconds, network), None
    load = [str(tools / "benchmark"), "--format", "json", "--duration", str(seconds), "--warmup", str(round(warmup(row, seconds), 3)), *options(row.load)]
    if row.kind == "serve":
        return load, [str(tools / "scenario"), "serve", *options(variant)]
    file = scratch / "settings.json"
    file.write_text(json.dumps({"server": variant}), encoding="utf-8")
    server = [str(tools / "benchmark"), "--serve", "--config", str(file)]
    if network:
        return measure_wan.inside(network.near, *load, "--host", measure_wan.FAR), measure_wan.inside(network.far, *server)
    return load, server


def readings(row, output):
    """The values of one run by the names of metrics."""
    if row.kind not in LOADED:
        return output
    each, load = output["server"]["per_message"] or {}, output["load"]
    values = {f"{name}_per_message": each.get(name) for name in ("reads", "writes", "syscalls", "page_faults")}
    values["lost_share"] = (load["lost"] + load["not_sent"]) / load["due"] if load["due"] else None
    values["disconnects_per_connection"] = load["disconnects"] / load["connections"]
    if not load["answered"]:
        return values
    return values | {
        "cpu_us_per_message": each["cpu_us"],
        "switches_per_message": each["voluntary_switches"] + each["involuntary_switches"],
        "bytes_per_connection": output["server"]["resident_bytes"] / load["connections"],
        "p50_us": load["latency_us"]["p50"], "p99_us": load["latency_us"]["p99"], "messages_per_s": load["answers_per_s"],
    }
