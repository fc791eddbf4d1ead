#!/usr/bin/env python3
"""The reference of settings agrees with the server and the checks, and `nettune config` says what it must.

Usage: test/guide/configurations.py [--accept]     --accept writes configurations/expected.txt anew
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NETTUNE = ROOT / "build/bin/nettune"
BENCHMARK = ROOT / "build/bin/benchmark"
PLUGIN = ROOT / "build/lib/libnettune.so"
REFERENCE = ROOT / "checks/model/reference.json"
WRONG = HERE / "configurations"
SHIPPED = ROOT / "docs/examples/configs"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def reference():
    return load(REFERENCE)


def violations(document, schema):
    return [f"{error.json_path}: {error.message}" for error in jsonschema.Draft202012Validator(schema).iter_errors(document)]


def run(*arguments):
    """(exit code, output); places are relative to the repository."""
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def findings(text):
    return [line for line in text.splitlines() if re.match(r"^\S+:\d+:\d+: warning: ", line)]


def test_the_reference_follows_its_schema():
    schema = load(ROOT / "checks/model/reference.schema.json")
    assert not violations(reference(), schema)
    broken = reference()
    broken["server"][0]["defualt"] = broken["server"][0].pop("default")
    assert violations(broken, schema), "the schema takes anything"


def test_shipped_configurations_follow_their_schema():
    schema = load(ROOT / "docs/examples/configuration.schema.json")
    names = {path.stem for path in SHIPPED.glob("*.json")}
    assert names == {workload["name"] for workload in reference()["workloads"]}, names
    for path in SHIPPED.glob("*.json"):
        assert not violations(load(path), schema), (path, violations(load(path), schema))
    assert violations({"server": {"receive_buffer_size": 0}}, schema)


def refused(text):
    """What the server's own reader says of a configuration."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "c.json"
        file.write_text(text, encoding="utf-8")
        code, said = run(BENCHMARK, "--config", file)
    assert code == 2, said
    return said


def test_keys_and_ranges_are_those_of_the_server():
    """The reference and tools/bench/messaging/configuration.cpp: no key too many, none missing, the same limits."""
    for group in ("server", "load"):
        known = re.search(r"known are (.*)$", refused(f'{{"{group}": {{"?": 1}}}}'), re.MULTILINE).group(1).split(", ")
        keys = {key["key"]: key for key in reference()[group]}
        assert sorted(known) == sorted(keys), (group, set(known) ^ set(keys))
        for name, key in keys.items():
            if key["unit"] == "flag":
                assert f"'{name}' must be a boolean" in refused(f'{{"{group}": {{"{name}": 1}}}}')
            else:
                assert f"'{name}' must be {key['least']} to {key['most']}, not" in refused(f'{{"{group}": {{"{name}": -1}}}}'), name


def milliseconds(number, unit):
    return int(number) * (1000 if unit == "s" else 1)


def test_defaults_are_those_of_the_server():
    """messaging.h says the default of each call; settings.h holds those of connections."""
    header = (ROOT / "tools/bench/messaging/messaging.h").read_text(encoding="utf-8")
    server = re.sub(r"\n\s*/// ?", " ", header.split("class messaging_server {")[1].split("class messaging_client {")[0])
    initial = dict(re.findall(r"\b(\w+) = (\w+);", (ROOT / "tools/bench/messaging/settings.h").read_text(encoding="utf-8")))
    for setting in reference()["server"]:
        said = re.search(rf"Default:? ([^;]*?)\.? *\n\s*void {setting['call']}\(", server)
        assert said, f"messaging.h does not say the default of {setting['call']}"
        text = said.group(1)
        if setting["default"] is None:
            assert "CPUs that this process may use" in text, text
        elif setting["unit"] == "milliseconds":
            assert milliseconds(*re.fullmatch(r"(\d+) (m?s)", text).groups()) == setting["default"], (setting["key"], text)
        else:
            assert text == json.dumps(setting["default"]), (setting["key"], text)
        if setting["key"] in initial and setting["default"] is not None:
            assert initial[setting["key"]] == json.dumps(setting["default"]), (setting["key"], initial)


def test_the_checks_know_the_same_settings_and_workloads():
    model = (ROOT / "checks/model/ApiModel.cpp").read_text(encoding="utf-8")
    keys = set(re.findall(r'"(\w+)"', model.split("settingKeys() {")[1].split("return")[0]))
    ours = {key["key"].removesuffix("_ms") for key in reference()["server"] + reference()["sockets"]}
    assert keys <= ours, keys - ours
    said = tidy("int i;", Workload="fast")
    names = ", ".join(workload["name"] for workload in reference()["workloads"])
    assert "nettune.Workload' is 'fast'; it takes one of " + names in said, said


def tidy(code, **options):
    """What the checks say of a file, with `nettune.` options."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "c.cpp"
        file.write_text(code, encoding="utf-8")
        given = ", ".join(f"nettune.{key}: {value}" for key, value in options.items())
        return run("clang-tidy-22", f"-load={PLUGIN}", "-checks=-*,nettune-*", f"--config={{CheckOptions: {{{given}}}}}", file, "--", "-std=c++20",
                   f"-I{ROOT}/tools/bench/messaging")[1]


def server_code(call):
    return f'#include "messaging.h"\nvoid set(messaging::messaging_server &server) {{ server.{call}; }}\n'


def test_the_checks_begin_where_the_reference_says():
    """One more or one less than each threshold; the same numbers are those of `nettune config`."""
    everything = reference()
    limits = {entry["key"]: entry["value"] for entry in everything["thresholds"]}
    ample, cores = limits["ample_read_buffer"], everything["machine"]["cores"]
    for size, found in ((ample, False), (ample - 1, True)):
        for workload in everything["workloads"]:
            wants = [want for want in workload["wants"] if want["key"] == "receive_buffer_size"]
            saves = any("most" in want and "least" not in want for want in wants)
            said = tidy(server_code(f"set_receive_buffer_size({size})"), TypicalMessageBytes=4 * ample, Workload=workload["name"])
            assert ("[nettune-small-receive-buffer]" in said) == (found and not saves), (size, workload["name"], said)
    most = limits["threads_per_core"] * cores
    for threads, found in ((most, False), (most + 1, True)):
        assert (f"{threads} threads requested for {cores} cores" in tidy(server_code(f"set_thread_count({threads})"))) == found, threads
    loops = limits["loop_threads_per_core"]
    for each, found in ((loops, False), (loops + 1, True)):
        code = server_code(f"set_thread_count({each} * std::max(1u, std::thread::hardware_concurrency()))")
        said = tidy("#include <algorithm>\n#include <thread>\n" + code)
        assert (f"{each} threads requested for each core" in said) == found, (each, said)


def test_sections_are_in_the_guide():
    guide = (ROOT / "docs/PERFORMANCE_TUNING.md").read_text(encoding="utf-8")
    everything = reference()
    for group in ("server", "sockets", "workloads", "os"):
        for entry in everything[group]:
            assert f'<a id="{entry["section"]}"></a>' in guide, (group, entry["section"])


def test_shipped_configurations_are_clean():
    assert run(NETTUNE, "config", *sorted(SHIPPED.glob("*.json"))) == (0, "")


def test_each_wrong_configuration_has_its_one_finding():
    files = sorted(WRONG.glob("*.json"))
    assert len(files) >= 10
    said = ""
    for file in files:
        code, text = run(NETTUNE, "config", file.relative_to(ROOT))
        assert code == 1 and len(findings(text)) == 1, (file.name, code, text)
        said += "".join(line + "\n" for line in text.splitlines() if re.match(r"^\S+:\d+:\d+: ", line))
    expected = WRONG / "expected.txt"
    if "--accept" in sys.argv:
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8"), said
    assert len(set(re.findall(r"\[nettune-config-([\w-]+)\]", said))) >= 10
    assert run(NETTUNE, "config", *files)[1].count(": warning: ") == len(files)


def test_the_workload_and_the_machine_decide():
    default = SHIPPED / "default.json"
    code, text = run(NETTUNE, "config", "--workload", "low_latency", default)
    assert code == 1 and "'tcp_nodelay' is false by default for low_latency" in text and "#low-latency" in text, text
    threads = WRONG / "threads.json"
    assert run(NETTUNE, "config", "--cores", "64", threads) == (0, "")
    assert "64 event-loop threads for 16 cores" in run(NETTUNE, "config", "--cores", "16", threads)[1]
    assert run(NETTUNE, "config", "--memory", "400", WRONG / "memory.json") == (0, "")


def test_the_server_has_one_name():
    for command in (["--help"], ["config", "--help"]):
        code, text = run(NETTUNE, *command)
        assert code == 0 and "configurations of the reference server" in text, text
    assert "the reference server" in reference()["about"]


def test_what_cannot_be_read():
    code, text = run(NETTUNE, "config", "/no/such.json", WRONG / "threads.json")
    assert code == 2 and "nettune: /no/such.json: " in text and "64 event-loop threads" in text, text
    assert run(NETTUNE, "config", ROOT)[0] == 2
    code, text = run(NETTUNE, "config", "--workload", "fast", SHIPPED / "default.json")
    assert code == 2 and "no workload 'fast'; one of: default, high_throughput" in text, text
    assert run(NETTUNE, "config", "--cores", "0", SHIPPED / "default.json")[0] == 2
    assert run(NETTUNE, "config")[0] == 2


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    failed = 0
    for name, test in tests:
        try:
            test()
        except Exception as error:  # any of them is this test's failure
            failed += 1
            print(f"{name}: {type(error).__name__}: {error}")
    print(f"{len(list(WRONG.glob('*.json')))} wrong configurations with one finding each, {len(list(SHIPPED.glob('*.json')))} shipped ones clean")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
