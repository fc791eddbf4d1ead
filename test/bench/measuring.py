#!/usr/bin/env python3
"""tools/bench/measure: its verdicts on known numbers, its rows, a short real run, and what docs/measurements.json says.

Usage: test/bench/measuring.py [NAME...]
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "tools/bench"
sys.path.insert(0, str(BENCH))
import measure_report  # noqa: E402
import measure_rows  # noqa: E402
from measure_stats import Metric, compare, ratio_interval  # noqa: E402

from cases import run_cases

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}
TIME, COUNTER, SHARE = Metric("t", "timing", "us"), Metric("c", "counter", "calls"), Metric("s", "share", "of all")


def violations(value, schema, place="$"):
    """What of JSON Schema the schema uses: type, enum, required, properties, additionalProperties, items."""
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(isinstance(value, TYPES[n]) and (n == "boolean" or not isinstance(value, bool)) for n in names):
        yield f"{place}: not of type {names}"
        return
    for key in schema.get("required", []):
        if key not in value:
            yield f"{place}: no '{key}'"
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key in schema.get("properties", {}):
            yield from violations(inner, schema["properties"][key], f"{place}.{key}")
        elif schema.get("additionalProperties") is False:
            yield f"{place}: unknown '{key}'"
    for number, inner in enumerate(value) if isinstance(value, list) and "items" in schema else ():
        yield from violations(inner, schema["items"], f"{place}[{number}]")


def schema_of():
    return json.loads((BENCH / "measurements.schema.json").read_text(encoding="utf-8"))


def noisy(center, seed, count=7, noise=0.03):
    draw = random.Random(seed)
    return [center * (1 + draw.uniform(-noise, noise)) for _ in range(count)]


def verdict(metric, bad, good, again):
    return compare(metric, bad, good, again)["verdict"]


def test_verdicts():
    ten, again, same, twice = noisy(10, 1), noisy(10, 2), noisy(10, 3), noisy(20, 4)
    assert verdict(TIME, twice, ten, noisy(20, 5)) == "gain"
    assert verdict(TIME, ten, twice, again) == "loss"
    assert verdict(TIME, ten, same, again) == "no difference"
    assert verdict(TIME, twice, same, ten) == "void"  # bad differs from itself
    rate = Metric("r", "timing", "1/s", higher_is_better=True)
    assert verdict(rate, ten, twice, again) == "gain"
    assert verdict(COUNTER, noisy(10.3, 1, noise=0), noisy(10, 1, noise=0), noisy(10.3, 1, noise=0)) == "no difference"
    assert verdict(TIME, noisy(10, 1, noise=0.9), noisy(12, 2, noise=0.9), noisy(10, 3, noise=0.9)) == "no difference"


def test_zeros_and_floors():
    zero, one = [0.0] * 3, [1.0] * 3
    assert compare(COUNTER, zero, zero, zero)["ratio"] is None
    assert verdict(COUNTER, zero, zero, zero) == "no difference"
    gain = compare(COUNTER, one, zero, one)
    assert gain["verdict"] == "gain" and gain["ratio"] is None and json.dumps(gain)
    assert verdict(Metric("f", "counter", "faults", floor=0.1), [0.05] * 3, zero, [0.05] * 3) == "no difference"
    assert verdict(SHARE, [0.5, 0.6, 0.5], zero, [0.5, 0.5, 0.6]) == "gain"
    assert verdict(SHARE, zero, [0.5, 0.6, 0.5], zero) == "loss"
    assert verdict(SHARE, zero, zero, zero) == "no difference"
    assert verdict(SHARE, [0.5, 0.6, 0.5], zero, [0.1, 0.1, 0.1]) == "void"


def test_the_interval_covers_the_ratio():
    """Of 200 experiments with a true ratio of 1.5, the 95 % interval misses few (it is narrow for so few rounds)."""
    inside = 0
    for seed in range(200):
        _, low, high = ratio_interval(noisy(15, seed, 15, 0.2), noisy(10, seed + 1000, 15, 0.2), seed)
        inside += low <= 1.5 <= high
    assert 170 <= inside <= 200, inside
    assert ratio_interval([1, 2, 3], [1, 2, 3], 1) == ratio_interval([1, 2, 3], [1, 2, 3], 1)


def test_rows():
    rows = measure_rows.all_rows(2)
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert row.bad != row.good and row.metrics, row.id
        assert any(m.kind != "timing" for m in row.metrics), f"{row.id}: nothing but timings"
    assert any(row.control for row in rows)


def test_a_short_run():
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "m.json"
        command = [BENCH / "measure", "--rounds", "3", "--seconds", "0.1", "--output", output]
        done = subprocess.run([*command, "read-buffer-1k-16k", "send-drop", "split-gather", "backlog-5"], capture_output=True,
                              text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        document = json.loads(output.read_text(encoding="utf-8"))
        wrong = list(violations(document, schema_of()))
        assert not wrong, wrong
        verdicts = {m["id"]: m["verdict"] for row in document["rows"] for m in row["metrics"]}
        expected = ["send-drop/misframed_share", "split-gather/sends_per_message", "backlog-5/waiting_share"]
        assert all(verdicts[key] == "gain" for key in expected), verdicts
        assert verdicts["read-buffer-1k-16k/reads_per_message"] in ("gain", "not counted"), verdicts  # it needs tracepoints
        assert "## split-gather" in output.with_suffix(".md").read_text(encoding="utf-8")
        few = subprocess.run([BENCH / "measure", "--rounds", "2"], capture_output=True, text=True, timeout=20, check=False)
        assert few.returncode == 2 and "at least 3 rounds" in few.stderr, few.stderr
        wrong_row = subprocess.run([*command, "no-such-row"], capture_output=True, text=True, timeout=20, check=False)
        assert wrong_row.returncode == 2 and "no row no-such-row" in wrong_row.stderr, wrong_row.stderr


def test_the_committed_measurements():
    file = ROOT / "docs/measurements.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    wrong = list(violations(document, schema_of()))
    assert not wrong, wrong[:5]
    assert file.with_suffix(".md").read_text(encoding="utf-8") == measure_report.markdown(document), "docs/measurements.md is another run's"
    known = {row.id for row in measure_rows.all_rows(document["machine"]["cpus"])}
    assert {row["id"] for row in document["rows"]} <= known


if __name__ == "__main__":
    sys.exit(run_cases(globals(), sys.argv[1:]))
