"""One row: its rounds, and what they say."""

import json
import subprocess
import time

import measure_machine
import measure_rows
import measure_stats
from measure_wan import Unavailable

TIMEOUT_SECONDS = 60
NOTHING_ANSWERED = 1  # benchmark's exit code; its output is there all the same


class Failed(Exception):
    """A run gave no result."""


def run(row, variant, options, isolation, scratch, network):
    """The readings of one run."""
    if network and row.sysctl:
        network.set(row.sysctl, variant["sysctl"])
    words, server = measure_rows.command(row, variant, options.tools, options.seconds_of(row), scratch, network)
    if server:
        words = [*words, "--server", *isolation.server_command(server)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False, preexec_fn=isolation.enter_load)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(f"{' '.join(words)}: {error}") from None
    tolerated = (0, NOTHING_ANSWERED) if row.loses() else (0,)
    if done.returncode not in tolerated or not done.stdout:
        raise Failed(f"{' '.join(words)}: ended with {done.returncode}: {done.stderr.strip()}")
    output = json.loads(done.stdout)
    if server and not row.loses() and output["load"]["lost"] + output["load"]["misframed"] + output["load"]["not_sent"]:
        raise Failed(f"messages were lost: {output['load']}")
    return measure_rows.readings(row, output)


def rounds_of(row, options, isolation, scratch, network):
    """The readings of bad, good and bad again, by round."""
    values = {"bad": [], "good": [], "again": []}
    for number in range(options.rounds):
        order = ["bad", "good", "again"] if number % 2 == 0 else ["again", "good", "bad"]
        for name in order:
            values[name].append(run(row, row.good if name == "good" else row.bad, options, isolation, scratch, network))
    return values


def compared(row, metric, values):
    """The metric's part of the result."""
    head = {"id": f"{row.id}/{metric.name}", "expect": row.expected(metric.name)}
    series = [[reading.get(metric.name) for reading in values[name]] for name in ("bad", "good", "again")]
    if any(value is None for one in series for value in one):
        return head | {"metric": metric.name, "kind": metric.kind, "unit": metric.unit, "verdict": "not counted"}
    return head | measure_stats.compare(metric, *series)


def measure(row, options, isolation, scratch, networks):
    """The row's result. A row that cannot be measured here says why."""
    before, started, load_before = measure_machine.cpu_ticks(), time.time(), measure_machine.load_now()
    network, values, reason = None, None, ""
    try:
        if row.path:
            network = networks.of(row.path)
            for key, value in row.sysctls.items():
                network.set(key, value)
        values = rounds_of(row, options, isolation, scratch, network)
    except Unavailable as unavailable:
        reason = str(unavailable)
    except Failed as failure:
        reason = f"failed: {failure}"
    finally:
        if network:
            network.restore()
    wanted = [m for m in row.metrics if not options.quick or row.quick or m.kind != "timing"]
    after = measure_machine.cpu_ticks()
    result = {"id": row.id, "family": row.family, "what": row.what, "why": row.why, "control": row.control}
    result |= {"setting": row.setting} if row.setting else {}
    result |= {"bad": row.bad, "good": row.good, "load": row.load, "seconds": round(time.time() - started, 1),
               "steal": round((after[1] - before[1]) / max(1, after[0] - before[0]), 4), **load_before}
    if reason:
        return result | {"not_measured": reason, "metrics": []}
    return result | {"metrics": [compared(row, metric, values) for metric in wanted]}
