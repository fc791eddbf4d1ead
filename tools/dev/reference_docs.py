"""docs/PERFORMANCE_REFERENCE.md and the schema of configurations, from checks/model/reference.json."""

import json

import figures
import registry

REFERENCE = "checks/model/reference.json"
PAGE = "docs/PERFORMANCE_REFERENCE.md"
SCHEMA = "docs/examples/configuration.schema.json"
MANUALS = {"listen(2)": "man2/listen.2", "socket(7)": "man7/socket.7", "tcp(7)": "man7/tcp.7", "ip(7)": "man7/ip.7",
           "getrlimit(2)": "man2/getrlimit.2", "sched(7)": "man7/sched.7",
           "sched_setaffinity(2)": "man2/sched_setaffinity.2"}
SCOPES = {
    "namespace": "a network namespace: a container may have its own, and it ends with it",
    "host": "the whole host: every container and program; undo it",
    "process": "a process, a thread or a cgroup",
}
HEAD = """# Performance reference

<!-- Written by tools/dev/gen_docs from checks/model/reference.json. -->

Every setting of the reference server, the socket options beside it, and the keys of the operating system that the [guide](PERFORMANCE_TUNING.md) speaks of: what each
does, how to see what it is, and when to change it. First [leave the defaults alone](PERFORMANCE_TUNING.md#leave-the-defaults-alone).

- [The server's settings](#the-servers-settings)
- [Socket options](#socket-options)
- [The load](#the-load)
- [Workloads](#workloads)
- [Thresholds](#thresholds)
- [Operating system](#operating-system)

A configuration is a JSON file with the group `server`, and `load` for the benchmark; [examples/configs](examples/configs) holds one for each workload, and
[configuration.schema.json](examples/configuration.schema.json) is their schema. `nettune config FILE…` checks them against this page.

In the commands, `$PID` is the server's process and `$PORT` its port.
"""


def read(root=registry.ROOT):
    return json.loads((root / REFERENCE).read_text(encoding="utf-8"))


def guide_link(anchor, text="guide"):
    return f"[{text}](PERFORMANCE_TUNING.md#{anchor})"


def sources(text):
    """Manual pages and URLs as links."""
    found = []
    for part in (p.strip() for p in text.split(";")):
        words, _, what = part.partition(",")
        if words.startswith("http"):
            found.append(f"[kernel, {words.rsplit('/', 1)[1].removesuffix('.html')}]({words}){',' + what if what else ''}")
        else:
            found.append(f"[{words}](https://man7.org/linux/man-pages/{MANUALS[words]}.html)")
    return " · ".join(found)


def number(value):
    """As a reader says it: 16 KiB rather than 16384, if nothing is lost by it."""
    for size, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if value >= size and value % size == 0:
            return f"{value // size} {name}"
    return f"{value:,}"


def quantity(value, unit):
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value) if unit == "bytes" and value >= 1024 else f"{value:,} {unit if value != 1 else unit.removesuffix('s')}"


def default_of(setting):
    if setting["default"] is None:
        return setting["default_is"]
    return quantity(setting["default"], setting["unit"])


def range_of(setting):
    if setting["unit"] == "flag":
        return "true, false"
    return f"{setting['least']:,} to {setting['most']:,}"


def rows_of(pairs):
    return "| | |\n|---|---|\n" + "".join(
        f"| {name} | {text.replace('|', chr(92) + '|')} |\n" for name, text in pairs if text)


def measured(entry, known):
    """The row of its figures: those that have none say so."""
    quoted = (f"`{figure.split()[0]}` {figures.link(known, *figure.split())}" for figure in entry.get("figures", []))
    return "measured", "; ".join(quoted) or "not by this project"


def setting_text(setting, known):
    return (f"### `{setting['key']}`\n\n{setting['what']}\n\n" + rows_of((
        ("call", f"`{setting['call']}`"), ("unit", setting["unit"]), ("default", default_of(setting)),
        ("range", range_of(setting)), ("impact", setting["impact"]), ("read back", setting["read_back"]),
        ("change it when", setting["change_when"]), measured(setting, known),
        ("more", guide_link(setting["section"])))) + "\n")


def socket_text(option, known):
    return (f"### `{option['key']}`: {option['option']}\n\n{option['what']}\n\n" + rows_of((
        ("default", option["default_is"]), ("impact", option["impact"]), ("read back", option["read_back"]),
        ("change it when", option["change_when"]), measured(option, known), ("not to be taken for", f"`{option['mistaken_for']}`"),
        ("source", sources(option["source"])), ("more", guide_link(option["section"])))) + "\n")


def want_text(want):
    if "absent" in want:
        said = "not given"
    elif "is" in want:
        said = "true" if want["is"] else "false"
    else:
        said = " and ".join(f"at {word} {want[word]:,}" for word in ("least", "most") if word in want)
    return f"`{want['key']}` {said}: {want['why']}"


def workload_text(workload):
    lines = "".join(f"- {want_text(want)}\n" for want in workload["wants"]) or "- The defaults.\n"
    return (f"### {workload['name']}\n\n{workload['what']} [Configuration](examples/configs/{workload['name']}.json), "
            f"{guide_link(workload['section'])}.\n\n{lines}\n")


def sysctl_block(entry):
    tag = "netns" if entry["scope"] == "namespace" else "host-restore"
    key, value = entry["key"], entry["example"]
    quoted = f'"{value}"' if " " in value else value
    return (f"```bash {tag}\nold=$(sysctl -n {key})\nsysctl -w {key}={quoted}\nsysctl -n {key}  # reads: {value}\n"
            f'sysctl -w {key}="$old"\nsysctl -n {key}  # reads: $old\n```\n')


def os_text(entry, known):
    rows = [("scope", SCOPES[entry["scope"]]), ("needs", entry["needs"]), ("effect", entry["effect"]),
            ("change it when", entry["change_when"]), measured(entry, known)]
    if entry["kind"] != "sysctl":
        rows += [("set", entry["set"]), ("read back", entry["read_back"]), ("undo", entry["undo"])]
    rows += [("source", sources(entry["source"])), ("more", guide_link(entry["section"]))]
    block = sysctl_block(entry) + "\n" if entry["kind"] == "sysctl" else ""
    return f"### {entry['key']}\n\n{rows_of(rows)}\n{block}"


def load_text(load):
    rows = "".join(f"| `{key['key']}` | {key['unit']} | {range_of(key)} | {key['what']} |\n" for key in load)
    return f"What the benchmark puts on the server, unless its command line says otherwise.\n\n| key | unit | range | |\n|---|---|---|---|\n{rows}\n"


def thresholds_text(thresholds):
    rows = "".join(f"| `{entry['key']}` | {quantity(entry['value'], entry['unit'])}<!-- given: {REFERENCE} --> | {entry['what']} {guide_link(entry['section'], 'More')} |\n"
                   for entry in thresholds)
    return f"Where `nettune config` and the checks begin to speak. Both read them here.\n\n| threshold | | |\n|---|---|---|\n{rows}"


def page(root=registry.ROOT):
    reference, known = read(root), figures.read(root)
    machine = reference["machine"]
    parts = [HEAD, "## The server's settings\n\nThe group `server`; [messaging.h](../tools/bench/messaging/messaging.h) has a call for each.\n"]
    parts += [setting_text(setting, known).rstrip() + "\n" for setting in reference["server"]]
    parts.append("## Socket options\n\nThe server has no settings for them: it leaves them to the kernel.\n")
    parts += [socket_text(option, known).rstrip() + "\n" for option in reference["sockets"]]
    parts.append("## The load\n\n" + load_text(reference["load"]).rstrip() + "\n")
    parts.append("## Workloads\n\nWhat `nettune config` asks of a configuration of that name, beside what contradicts itself. The machine has "
                 f"{machine['cores']} cores and {machine['memory_gib']} GiB<!-- given: {REFERENCE} --> unless `--cores` and "
                 "`--memory` say otherwise.\n")
    parts += [workload_text(workload).rstrip() + "\n" for workload in reference["workloads"]]
    parts.append("## Thresholds\n\n" + thresholds_text(reference["thresholds"]))
    parts.append("## Operating system\n\nDefaults differ between kernels and distributions, so none is printed here: read the value before you change it, and "
                 "again after it. The exit code of `sysctl -w` proves nothing; it may be 0 although the kernel refused the value.\nEach block sets an example "
                 "value, reads it back, and undoes it. It is the example that is tested, not a recommendation.\n")
    parts += [os_text(entry, known).rstrip() + "\n" for entry in reference["os"]]
    return "\n".join(parts)


def property_of(key):
    about = {"description": f"{key['what']} Unit: {key['unit']}." if key["unit"] != "flag" else key["what"]}
    if key["unit"] == "flag":
        return {**about, "type": "boolean", **({"default": key["default"]} if "default" in key else {})}
    shown = {} if key.get("default") is None else {"default": key["default"]}
    return {**about, "type": "integer", "minimum": key["least"], "maximum": key["most"], **shown}


def group_schema(keys):
    return {"type": "object", "additionalProperties": False, "properties": {key["key"]: property_of(key) for key in keys}}


def configuration_schema(root=registry.ROOT):
    reference = read(root)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "configuration of the reference server",
        "description": "Written by tools/dev/gen_docs from checks/model/reference.json.",
        "type": "object",
        "additionalProperties": False,
        "properties": {"description": {"type": "string"}, "server": group_schema(reference["server"]),
                       "load": group_schema(reference["load"])},
    }
    return json.dumps(schema, indent=2) + "\n"
