"""What two runs of tools/bench/measure disagree in, and where a run disagrees with theory."""

OPPOSITE = {"gain": "loss", "loss": "gain"}
UNDECIDED = ("void", "not counted")


def metrics_of(document):
    return {metric["id"]: metric for row in document["rows"] for metric in row["metrics"]}


def disagreements(old, new):
    """One line each: verdicts of counters that differ, timings that turned from gain to loss, what only one of the two measured."""
    before, after = metrics_of(old), metrics_of(new)
    for key in sorted(before.keys() | after.keys()):
        if key not in before or key not in after:
            metric, where = (before.get(key) or after[key]), "only in the old run" if key in before else "only in the new run"
            if metric["kind"] != "timing":
                yield f"{key}: {where}"
            continue
        first, second = before[key]["verdict"], after[key]["verdict"]
        if first != second and (after[key]["kind"] != "timing" or OPPOSITE.get(first) == second):
            yield f"{key}: {first}, then {second}"


def direction(metric):
    """How a verdict stands to what theory expects: as expected, opposite, not seen, unexpected, undecided, or open."""
    expected, verdict = metric["expect"], metric["verdict"]
    if expected == "either":
        return "open"
    if verdict in UNDECIDED:
        return "undecided"
    if verdict == expected:
        return "as expected"
    if expected == "no difference":
        return "unexpected"
    return "opposite" if OPPOSITE[expected] == verdict else "not seen"


def directions(document):
    """{how it stands: [metrics]}, of those of which theory expects something."""
    found = {"as expected": [], "opposite": [], "unexpected": [], "not seen": [], "undecided": []}
    for metric in metrics_of(document).values():
        stands = direction(metric)
        if stands != "open":
            found[stands].append(metric)
    return found


def differences(document):
    """One line for each metric that is not as theory expects."""
    for stands, metrics in directions(document).items():
        if stands != "as expected":
            for metric in metrics:
                yield f"{metric['id']}: {metric['expect']} expected, {metric['verdict']} measured: {stands}"
