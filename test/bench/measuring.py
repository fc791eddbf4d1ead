#!/usr/bin/env python3
"""tools/bench/measure: its verdicts on known numbers, its rows, a short real run, and what docs/measurements.json says.

Usage: test/bench/measuring.py [NAME...]
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "tools/bench"
sys.path.insert(0, str(BENCH))
import measure_compare  # noqa: E402
import measure_plots  # noqa: E402
import measure_report  # noqa: E402
import measure_rows  # noqa: E402
import measure_run  # noqa: E402
import measure_wan  # noqa: E402
from measure_row import Path as Way  # noqa: E402
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
        names = [m.name for m in row.metrics]
        assert row.bad != row.good and row.metrics and row.why and row.family, row.id
        assert any(m.kind != "timing" for m in row.metrics), f"{row.id}: nothing but timings"
        assert set(row.expect) <= set(names) and len(set(names)) == len(names), f"{row.id}: {row.expect}"
        assert row.control or row.expect, f"{row.id}: theory expects nothing"
        assert not row.control or set(row.expect.values()) <= {"no difference"}, row.id
        assert not row.sysctl or (row.path and "sysctl" in row.bad and "sysctl" in row.good), row.id
        words = [str(word) for word in measure_rows.command(row, row.good, Path("/t"), 1, Path(tempfile.gettempdir()), SimpleNamespace(near="n", far="f") if row.path else None)[0]]
        assert (row.path is None) == ("--near" not in words and "nsenter" not in words), (row.id, words)


def test_every_setting_matters_somewhere_and_not_elsewhere():
    source = (BENCH / "messaging/configuration.cpp").read_text(encoding="utf-8")
    settings = re.findall(r'\{\{"(\w+)"', source)
    rows = measure_rows.all_rows(2)
    assert len(settings) >= 12, settings
    for setting in settings + ["so_rcvbuf", "so_sndbuf", "tcp_rmem", "tcp_wmem", "somaxconn", "tcp_congestion_control", "tcp_slow_start_after_idle"]:
        kinds = {row.control for row in rows if row.setting == setting}
        assert kinds == {True, False}, f"{setting}: rows {kinds}"
    for row in rows:
        if row.setting and row.kind in ("config", "crowd"):  # one change
            assert len({key for key in row.bad.keys() | row.good.keys() if row.bad.get(key) != row.good.get(key)}) == 1, row.id


def test_it_fits_its_time():
    rows = measure_rows.all_rows(2)
    quick = sum(9 * measure_rows.run_seconds(row, 0.4 if row.quick else 0.12) for row in rows)
    full = sum(15 * measure_rows.run_seconds(row, 1.2) for row in rows)
    assert quick < 6 * 60 and full < 35 * 60, (quick, full)


def row_of(id_, *metrics, control=False):
    return {"id": id_, "family": "f", "what": "w", "why": "y", "control": control, "metrics": [
        {"id": f"{id_}/{name}", "metric": name, "kind": kind, "unit": "us", "expect": expect, "verdict": said, "ratio": 2.0, "low": 1.5, "high": 3.0,
         "bad": {"median": 2, "min": 1, "max": 3}, "good": {"median": 1, "min": 1, "max": 1}} for name, kind, expect, said in metrics]}


def test_two_runs():
    def changes(first, second, kind):
        old, new = ({"rows": [row_of("r", ("m", kind, "either", said))]} for said in (first, second))
        return list(measure_compare.disagreements(old, new))
    assert changes("gain", "no difference", "counter") == ["r/m: gain, then no difference"]
    assert changes("void", "gain", "share") and changes("gain", "not counted", "memory")
    assert not changes("gain", "gain", "counter") and not changes("gain", "no difference", "timing") and not changes("void", "loss", "timing")
    assert changes("loss", "gain", "timing") == ["r/m: loss, then gain"]
    one, two = {"rows": [row_of("r", ("m", "counter", "gain", "gain"))]}, {"rows": []}
    assert list(measure_compare.disagreements(one, two)) == ["r/m: only in the old run"]
    assert list(measure_compare.disagreements(two, one)) == ["r/m: only in the new run"]


def test_directions():
    cases = (("gain", "gain", "as expected"), ("gain", "loss", "opposite"), ("loss", "gain", "opposite"), ("gain", "no difference", "not seen"),
             ("no difference", "loss", "unexpected"), ("no difference", "no difference", "as expected"), ("gain", "void", "undecided"),
             ("no difference", "not counted", "undecided"), ("either", "loss", "open"))
    for expected, said, stands in cases:
        assert measure_compare.direction({"expect": expected, "verdict": said}) == stands, (expected, said)
    document = {"rows": [row_of("r", ("a", "timing", "gain", "loss"), ("b", "timing", "either", "loss"), ("c", "counter", "gain", "gain"))]}
    assert list(measure_compare.differences(document)) == ["r/a: gain expected, loss measured: opposite"]


def test_comparing_files():
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / name for name in ("old.json", "new.json", "broken.json")]
        for file, said in zip(files, ("gain", "loss")):
            file.write_text(json.dumps({"rows": [row_of("r", ("m", "timing", "gain", said))]}), encoding="utf-8")
        files[2].write_text("{", encoding="utf-8")
        def says(*words):
            done = subprocess.run([BENCH / "measure", *words], capture_output=True, text=True, timeout=20, check=False)
            return done.returncode, done.stdout + done.stderr
        code, text = says("--compare", files[0], files[1])
        assert code == 1 and "r/m: gain, then loss" in text and "1 disagreements" in text, text
        assert says("--compare", files[0], files[0])[0] == 0
        code, text = says("--directions", files[1])
        assert code == 1 and "1 opposite" in text, text
        assert says("--directions", files[0])[0] == 0
        code, text = says("--compare", files[0], files[2])
        assert code == 2 and "broken.json: not written by measure" in text, text
        code, text = says("--directions", Path(scratch) / "none.json")
        assert code == 2 and "none.json: No such file" in text, text


def test_plots():
    document = {"rows": [row_of("r", ("p99_us", "timing", "gain", "gain"), ("x", "timing", "either", "loss")),
                         row_of("c<&>", ("p50_us", "timing", "no difference", "void"), control=True)]}
    document["rows"][0]["family"] = "blocking"
    pictures = measure_plots.plots(document)
    assert sorted(pictures) == ["blocking-latency.svg", "blocking.svg", "f.svg"] and pictures == measure_plots.plots(document)
    space = "{http://www.w3.org/2000/svg}"
    for name, picture in pictures.items():
        root = xml.fromstring(picture)
        assert root.find(f"{space}title").text and root.find(f"{space}desc").text and root.get("role") == "img", name
        assert "prefers-color-scheme:dark" in picture and "href" not in picture, name
        width, height = float(root.get("width")), float(root.get("height"))
        for element in root.iter():
            for key in ("x", "x1", "x2", "cx"):
                assert 0 <= float(element.get(key, 0)) <= width, (name, element.attrib)
            for key in ("y", "y1", "y2", "cy"):
                assert 0 <= float(element.get(key, 0)) <= height, (name, element.attrib)
    labels = ["".join(t.itertext()) for t in xml.fromstring(pictures["blocking.svg"]).iter(f"{space}text")]
    assert "r: p99_us" in labels and "r: x" not in labels, labels  # of x theory says nothing
    assert "c<&>: p50_us (control)" in ["".join(t.itertext()) for t in xml.fromstring(pictures["f.svg"]).iter(f"{space}text")]
    assert not measure_plots.plots({"rows": []})


def test_a_short_run():
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "m.json"
        command = [BENCH / "measure", "--rounds", "3", "--seconds", "0.1", "--output", output]
        done = subprocess.run([*command, "read-buffer-1k-16k", "send-drop", "split-gather", "backlog-5", "lock-over-io", "flush-each-line", "max-connections"],
                              capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        document = json.loads(output.read_text(encoding="utf-8"))
        wrong = list(violations(document, schema_of()))
        assert not wrong, wrong
        verdicts = {m["id"]: m["verdict"] for row in document["rows"] for m in row["metrics"]}
        expected = ["send-drop/misframed_share", "split-gather/sends_per_message", "backlog-5/waiting_share", "lock-over-io/io_at_once",
                    "flush-each-line/writes_per_message"]
        assert all(verdicts[key] == "gain" for key in expected), verdicts
        assert verdicts["max-connections/lost_share"] == "loss", verdicts
        assert verdicts["read-buffer-1k-16k/reads_per_message"] in ("gain", "not counted"), verdicts  # it needs tracepoints
        assert "### split-gather" in output.with_suffix(".md").read_text(encoding="utf-8")
        assert (Path(scratch) / "images/m/locks.svg").exists()
        few = subprocess.run([BENCH / "measure", "--rounds", "2"], capture_output=True, text=True, timeout=20, check=False)
        assert few.returncode == 2 and "at least 3 rounds" in few.stderr, few.stderr
        wrong_row = subprocess.run([*command, "no-such-row"], capture_output=True, text=True, timeout=20, check=False)
        assert wrong_row.returncode == 2 and "no row no-such-row" in wrong_row.stderr, wrong_row.stderr


def namespaces():
    return [name for name in os.listdir("/run/netns") if name.startswith(measure_wan.PREFIX)] if os.path.isdir("/run/netns") else []


def test_an_interrupted_run_keeps_what_it_has():
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "m.json"
        output.write_text("of before", encoding="utf-8")
        command = [BENCH / "measure", "--rounds", "3", "--seconds", "0.1", "--output", output, "backlog-few-clients", "wan-so-rcvbuf-requests", "wan-so-rcvbuf"]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
        for line in run.stdout:
            if line.startswith("wan-so-rcvbuf-requests/") or "not measured" in line:
                break
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does
        _, said = run.communicate(timeout=60)
        assert output.read_text(encoding="utf-8") == "of before"
        assert not [name for name in namespaces() if name.startswith(f"{measure_wan.PREFIX}{run.pid}_")]
        assert run.returncode == 130 and "interrupted" in said, (run.returncode, said)
        document = json.loads((Path(scratch) / "m.partial.json").read_text(encoding="utf-8"))
        assert document["partial"] and [row["id"] for row in document["rows"]][0] == "backlog-few-clients"
        assert not list(violations(document, schema_of()))
        assert "Partial" in (Path(scratch) / "m.partial.md").read_text(encoding="utf-8")


def test_a_row_that_fails_costs_only_itself():
    """Tools that are not there: what failed is said, the run goes on and ends with 1."""
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "m.json"
        done = subprocess.run([BENCH / "measure", "--tools", scratch, "--quick", "--output", output, "backlog-5", "wan-split-gather", "receive-buffer-64k"],
                              capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 1 and "measure: failed: " in done.stderr and "backlog-5" in done.stderr, done.stdout + done.stderr
        document = json.loads(output.read_text(encoding="utf-8"))
        assert not list(violations(document, schema_of()))
        assert [bool(row["not_measured"]) for row in document["rows"]] == [True] * 3, done.stdout


def scripts(folder, **texts):
    for name, text in texts.items():
        (folder / name).write_text(f"#!/bin/sh\necho {name} \"$@\" >> {folder}/log\n{text}\n", encoding="utf-8")
        (folder / name).chmod(0o755)


def refusal(networks, way):
    try:
        networks.of(way)
    except measure_wan.Unavailable as reason:
        return str(reason)
    raise AssertionError("there is a network")


def test_without_the_right_to_namespaces():
    with tempfile.TemporaryDirectory() as scratch:
        folder, path = Path(scratch), os.environ["PATH"]
        scripts(folder, ip="case \"$2\" in list) ;; *) echo 'mount --make-shared /run/netns failed: Operation not permitted' >&2; exit 1;; esac")
        os.environ["PATH"] = f"{folder}:{path}"
        try:
            networks = measure_wan.Networks(ROOT / "build/bin")
            row = next(row for row in measure_rows.all_rows(2) if row.id == "wan-so-rcvbuf")
            result = measure_run.measure(row, SimpleNamespace(quick=True), None, folder, networks)
            assert not result["metrics"] and "CAP_NET_ADMIN" in result["not_measured"] and "not permitted" in result["not_measured"], result
            assert "CAP_NET_ADMIN" in networks.how() and not networks.open
            os.environ["PATH"] = str(folder)
            assert "nsenter" in refusal(measure_wan.Networks(folder), Way(delay_ms=1))
        finally:
            os.environ["PATH"] = path


def test_netem_where_the_kernel_has_it():
    """A kernel with netem is played by scripts: no delayer is started, and both namespaces are removed."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, path = Path(scratch), os.environ["PATH"]
        scripts(folder, ip="", tc="")
        os.environ["PATH"] = f"{folder}:{path}"
        try:
            networks = measure_wan.Networks(folder)  # no build/bin/wan in it
            network = networks.of(Way(delay_ms=10, rate_mbit=50, drop_every=200))
            assert networks.how() == "netem" and network.delayer is None
            networks.close()
        finally:
            os.environ["PATH"] = path
        log = (folder / "log").read_text(encoding="utf-8")
        assert f"tc -n {network.near} qdisc add dev wan root netem delay 10ms rate 50mbit limit " in log and log.count("loss 0.5%") == 1, log
        assert log.count("netns add") == 2 and log.count("netns del") == 2, log


def test_a_long_way():
    """The real one, where this machine allows it: its round trip, its rate, settings that are read back, and nothing left behind."""
    networks = measure_wan.Networks(ROOT / "build/bin")
    try:
        network = networks.of(Way(delay_ms=15, rate_mbit=20))
    except measure_wan.Unavailable as reason:
        assert str(reason)
        return
    try:
        scenario = [ROOT / "build/bin/scenario"]
        route = ["--near", network.near, "--far", network.far, "--address", measure_wan.FAR]
        request = json.loads(measure_wan.call(*scenario, "split", "--how", "gather", "--requests", "5", *route))
        assert 30000 <= request["p50_us"] < 60000, request
        transfer = json.loads(measure_wan.call(*scenario, "transfer", "--warmup", "0.3", "--seconds", "0.7", *route))
        assert 8 < transfer["mbit_per_s"] < 24, transfer
        network.set("net.ipv4.tcp_slow_start_after_idle", 0)
        try:
            network.set("net.core.somaxconn", -5)
            raise AssertionError("a wrong value was taken")
        except measure_wan.Unavailable as reason:
            assert "somaxconn" in str(reason), reason
        network.restore()
        assert measure_wan.call(*measure_wan.inside(network.far, "cat", "/proc/sys/net/ipv4/tcp_slow_start_after_idle")).strip() == "1"
    finally:
        networks.close()
    assert not [name for name in namespaces() if f"{measure_wan.PREFIX}{os.getpid()}_" in name]


def test_what_a_killed_run_left_is_removed():
    gone = subprocess.Popen(["true"])
    gone.wait()
    name = f"{measure_wan.PREFIX}{gone.pid}_0_near"
    try:
        measure_wan.call("ip", "netns", "add", name)
    except measure_wan.Unavailable:
        return
    measure_wan.Networks(ROOT / "build/bin").close()
    assert name not in namespaces()


def test_the_committed_measurements():
    file = ROOT / "docs/measurements.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    wrong = list(violations(document, schema_of()))
    assert not wrong, wrong[:5]
    assert file.with_suffix(".md").read_text(encoding="utf-8") == measure_report.markdown(document), "docs/measurements.md is another run's"
    plots = {p.name: p.read_text(encoding="utf-8") for p in (file.parent / "images/measurements").glob("*.svg")}
    assert plots == measure_plots.plots(document), "docs/images/measurements is another run's"
    known = {row.id for row in measure_rows.all_rows(document["machine"]["cpus"])}
    assert {row["id"] for row in document["rows"]} <= known


if __name__ == "__main__":
    sys.exit(run_cases(globals(), sys.argv[1:]))
