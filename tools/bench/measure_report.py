"""docs/measurements.md: the tables of docs/measurements.json."""

import measure_compare
import measure_plots


def number(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def ranged(spread):
    return f"{number(spread['median'])} [{number(spread['min'])}, {number(spread['max'])}]"


def line(metric):
    expected = "" if metric["expect"] == "either" else metric["expect"]
    stands = measure_compare.direction(metric)
    verdict = metric["verdict"] if stands in ("open", "as expected") else f"**{metric['verdict']}**"
    if "bad" not in metric:
        return f"| `{metric['id']}` | | | | {expected} | {verdict} |\n"
    ratio = ""
    if metric.get("ratio") is not None:
        ratio = f"{number(metric['ratio'])} [{number(metric['low'])}, {number(metric['high'])}]"
    return (f"| `{metric['id']}` ({metric['unit']}) | {ranged(metric['bad'])} | {ranged(metric['good'])} | {ratio} "
            f"| {expected} | {verdict} |\n")


def section(row):
    text = (f"\n### {row['id']}\n\n{row['what'][0].upper()}{row['what'][1:]}.{' Control: must not matter.' if row['control'] else ''}\n"
            f"Theory: {row['why']}.\n")
    if "not_measured" in row:
        return f"{text}\nNot measured: {row['not_measured']}\n"
    return text + ("\n| figure | before | after | ratio | expected | verdict |\n|---|---|---|---|---|---|\n"
                   + "".join(line(metric) for metric in row["metrics"]))


def against_theory(document):
    found = measure_compare.directions(document)
    text = f"\n## Against theory\n\n{', '.join(f'{len(metrics)} {stands}' for stands, metrics in found.items())}.\n"
    lines = "".join(f"- {entry}\n" for entry in measure_compare.differences(document))
    return text + (f"\n[BENCHMARKING.md](BENCHMARKING.md) says why such differences arise.\n\n{lines}" if lines else "")


def heading(document):
    machine = document["machine"]
    loads = [row["load_1min"] for row in document["rows"]]
    return ("# Measurements\n\nWritten by `tools/bench/measure`; the figures are those of [measurements.json](measurements.json), "
            "and [BENCHMARKING.md](BENCHMARKING.md) says how to read them.\n\n"
            + ("**Partial: interrupted.** " if document["partial"] else "") +
            f"{document['date']}, {document['rounds']} rounds of {document['seconds']} s{', quick' if document['quick'] else ''}. "
            f"Linux {machine['kernel']}, {machine['cpus']} CPUs ({machine['cpu_model']}, hypervisor: {machine['hypervisor']}), quota {machine['quota']}, "
            f"{machine['congestion_control']}, {machine['default_qdisc']}, {machine['compiler']}. Isolation: {machine['isolation']}. "
            f"Wide-area network: {machine['wan']}. Load of the machine before a row: {min(loads):.1f} to {max(loads):.1f}.\n\n"
            "Median [least, greatest] of the rounds; ratio of the medians [95 % interval], above 1 where the second variant is better. "
            "A verdict in bold is not the one that theory expects.\n")


def markdown(document):
    text = heading(document) + against_theory(document)
    plots, family = measure_plots.plots(document), None
    for row in document["rows"]:
        if row["family"] != family:
            family = row["family"]
            text += f"\n## {family[0].upper()}{family[1:]}\n"
            for name in (f"{family.replace(' ', '-')}.svg", f"{family}-latency.svg"):
                if name in plots:
                    text += f"\n![{family}](images/measurements/{name})\n"
        text += section(row)
    return text
