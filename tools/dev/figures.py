"""The figures of docs/measurements.json, as the documents quote them.

A document quotes a figure by a link whose title names it and says what is claimed:

    [11.7× (11.6 to 11.8)](measurements.md#read-buffer-1k-16k "read-buffer-1k-16k/reads_per_message gain")

gen_docs writes the text of each such link. The claim has to hold: a figure whose verdict is another one is an
error, so that the sentence around it gets a reader after the next measuring.

gain, loss, same   the verdict; the ratio with its interval, or both values where there is no ratio
ratio              the ratio with its interval, whatever the verdict
pair, before, after   the values
"""

import json
import re

import registry

MEASUREMENTS = "docs/measurements.json"
LINK = re.compile(r'\[([^\]]*)\]\(((?:\.\./)*)measurements\.md#([\w-]*) "([\w/-]+) (\w+)"\)')
VERDICTS = {"gain": "gain", "loss": "loss", "same": "no difference"}
FORMS = (*VERDICTS, "ratio", "pair", "before", "after")


class WrongFigure(Exception):
    """A document claims what no figure says."""


def read(root=registry.ROOT):
    """Metrics by their ids."""
    document = json.loads((root / MEASUREMENTS).read_text(encoding="utf-8"))
    return {metric["id"]: metric for row in document["rows"] for metric in row["metrics"]}


def rounded(value):
    """Three digits, and thousands apart: 1,064,546 is 1,060,000."""
    if value == 0:
        return "0"
    digits = 3 if abs(value) < 1000 else 4 - len(str(int(abs(value)))) + 2
    number = float(f"{value:.3g}")
    return f"{number:,.0f}" if abs(number) >= 100 or number == int(number) else f"{number:.{max(digits, 1)}g}"


def value_of(metric, side):
    value, unit = metric[side]["median"], metric["unit"]
    if unit == "of all":
        return f"{rounded(100 * value)} %"
    if unit == "us":
        return f"{rounded(value / 1000)} ms" if value >= 1000 else f"{rounded(value)} µs"
    if unit == "bytes":
        for size, name in ((1 << 20, "MiB"), (1 << 10, "KiB")):
            if value >= size:
                return f"{rounded(value / size)} {name}"
    shown = rounded(value)
    return f"{shown} {'a second' if unit == '1/s' else unit[:-1] if shown == '1' else unit}"


def pair(metric):
    return f"{value_of(metric, 'bad')} → {value_of(metric, 'good')}"


def ratio(metric):
    if metric["ratio"] is None:
        return pair(metric)
    return f"{rounded(metric['ratio'])}× ({rounded(metric['low'])} to {rounded(metric['high'])})"


def text(known, figure, form):
    """What stands for the figure; WrongFigure if there is none, or its verdict is another."""
    metric = known.get(figure)
    if metric is None:
        raise WrongFigure(f"no figure '{figure}' in {MEASUREMENTS}")
    if "ratio" not in metric:
        raise WrongFigure(f"'{figure}' was not measured: '{metric['verdict']}' in {MEASUREMENTS}")
    if form not in FORMS:
        raise WrongFigure(f"'{form}' says nothing of '{figure}'; one of: {', '.join(FORMS)}")
    if form in VERDICTS and metric["verdict"] != VERDICTS[form]:
        raise WrongFigure(f"'{figure}' is quoted as '{VERDICTS[form]}', and is '{metric['verdict']}' in {MEASUREMENTS}")
    if form == "same":
        return "no difference"
    if form in ("before", "after"):
        return value_of(metric, "bad" if form == "before" else "good")
    return pair(metric) if form == "pair" else ratio(metric)


def link(known, figure, form, up=""):
    return f'[{text(known, figure, form)}]({up}measurements.md#{figure.split("/")[0]} "{figure} {form}")'


def quoted(document):
    """(line, figure, form) of each link to a figure."""
    for number, line in enumerate(document.splitlines(), 1):
        for match in LINK.finditer(line):
            yield number, match.group(4), match.group(5)


def renewed(known, document, name):
    """The document with the text of each such link written anew."""
    lines = []
    for number, line in enumerate(document.split("\n"), 1):
        try:
            lines.append(LINK.sub(lambda m: link(known, m.group(4), m.group(5), m.group(2)), line))
        except WrongFigure as error:
            raise WrongFigure(f"{name}:{number}: {error}") from None
    return "\n".join(lines)
