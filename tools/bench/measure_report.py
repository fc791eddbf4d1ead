"""docs/measurements.md: the tables of docs/measurements.json."""


def number(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def ranged(spread):
    return f"{number(spread['median'])} [{number(spread['min'])}, {number(spread['max'])}]"


def line(metric):
    if "bad" not in metric:
        return f"| `{metric['id']}` | | | | {metric['verdict']} |\n"
    ratio = ""
    if metric.get("ratio") is not None:
        ratio = f"{number(metric['ratio'])} [{number(metric['low'])}, {number(metric['high'])}]"
    return (f"| `{metric['id']}` ({metric['unit']}) | {ranged(metric['bad'])} | {ranged(metric['good'])} | {ratio} "
            f"| {metric['verdict']} |\n")


def markdown(document):
    machine = document["machine"]
    loads = [row["load_1min"] for row in document["rows"]]
    text = ("# Measurements\n\nWritten by `tools/bench/measure`; the figures are those of [measurements.json](measurements.json), "
            "and [BENCHMARKING.md](BENCHMARKING.md) says how to read them.\n\n"
            f"{document['date']}, {document['rounds']} rounds of {document['seconds']} s{', quick' if document['quick'] else ''}. "
            f"Linux {machine['kernel']}, {machine['cpus']} CPUs ({machine['cpu_model']}, hypervisor: {machine['hypervisor']}), quota {machine['quota']}, "
            f"{machine['congestion_control']}, {machine['default_qdisc']}, {machine['compiler']}. Isolation: {machine['isolation']}. "
            f"Load of the machine before a row: {min(loads):.1f} to {max(loads):.1f}.\n\n"
            "Median [least, greatest] of the rounds; ratio of the medians [95 % interval], above 1 where the second variant is better.\n")
    for row in document["rows"]:
        text += (f"\n## {row['id']}\n\n{row['what'][0].upper()}{row['what'][1:]}.{' Control: must not matter.' if row['control'] else ''}\n\n"
                 "| figure | before | after | ratio | verdict |\n|---|---|---|---|---|\n")
        text += "".join(line(metric) for metric in row["metrics"])
    return text
