"""SVG plots of measurements, readable on light and dark ground, the same for the same figures."""

import math
from xml.sax.saxutils import escape

WIDTH, LABELS, RIGHT, LINE, TOP = 880, 400, 90, 22, 64
STYLE = """
text{font:12px sans-serif;fill:#1f2328}.head{font-weight:bold;font-size:14px}.soft{fill:#59636e}
.grid{stroke:#d1d9e0}.one{stroke:#59636e;stroke-width:1.5}
.gain{stroke:#1a7f37;fill:#1a7f37}.loss{stroke:#cf222e;fill:#cf222e}.same{stroke:#59636e;fill:#59636e}
.first{stroke:#bc4c00;fill:#bc4c00}.second{stroke:#0969da;fill:#0969da}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.soft{fill:#9198a1}.grid{stroke:#3d444d}.one{stroke:#9198a1}
.gain{stroke:#3fb950;fill:#3fb950}.loss{stroke:#f85149;fill:#f85149}.same{stroke:#9198a1;fill:#9198a1}
.first{stroke:#f0883e;fill:#f0883e}.second{stroke:#58a6ff;fill:#58a6ff}}
"""
CLASSES = {"gain": "gain", "loss": "loss"}


class Scale:
    """A logarithmic axis from left to right."""

    def __init__(self, values):
        low, high = math.log10(min(values)), math.log10(max(values))
        room = max(0.1, 0.05 * (high - low))
        self.low, self.high = low - room, high + room

    def at(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(LABELS + share * (WIDTH - LABELS - RIGHT), 1)

    def ticks(self):
        """Powers of ten, with 2 and 5 between them where there is room."""
        steps = (1, 2, 5) if self.high - self.low < 2.5 else (1,)
        every = [step * 10.0 ** power for power in range(math.floor(self.low), math.ceil(self.high) + 1) for step in steps]
        return [value for value in every if self.low <= math.log10(value) <= self.high]


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def text(x, y, words, kind="", anchor="start"):
    cls = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{cls} text-anchor="{anchor}">{escape(words)}</text>'


def mark(x, y, verdict, kind):
    """Not by colour alone: a filled circle for a gain, a square for a loss, a ring for no difference, a cross for void."""
    if verdict == "loss":
        return f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" class="{kind}"/>'
    if verdict == "void":
        return f'<path d="M{x - 4} {y - 4}l8 8m0 -8l-8 8" class="{kind}" stroke-width="2"/>'
    hollow = ' fill-opacity="0" stroke-width="2"' if verdict == "no difference" else ""
    return f'<circle cx="{x}" cy="{y}" r="4" class="{kind}"{hollow}/>'


def axis(scale, bottom, unit):
    parts = [f'<line x1="{scale.at(t)}" x2="{scale.at(t)}" y1="{TOP - 12}" y2="{bottom}" class="grid"/>'
             f'{text(scale.at(t), bottom + 16, number(t), "soft", "middle")}' for t in scale.ticks()]
    return parts + [text((LABELS + WIDTH - RIGHT) / 2, bottom + 34, unit, "soft", "middle")]


def svg(title, description, height, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'aria-labelledby="title desc">\n<title id="title">{escape(title)}</title>\n<desc id="desc">{escape(description)}</desc>\n'
            f"<style>{STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n")


def shown(row):
    """The figures of a row that a plot shows: those of which theory expects something."""
    return [m for m in row["metrics"] if m.get("ratio") and m.get("low") and m.get("high") and m["expect"] != "either"]


def ratios(title, rows):
    """Each ratio with its interval. None if there is none."""
    entries = [(row, metric) for row in rows for metric in shown(row)]
    if not entries:
        return None
    scale = Scale([1, 0.5, 2] + [m[key] for _, m in entries for key in ("low", "high", "ratio")])
    bottom = TOP + LINE * len(entries)
    parts = [text(12, 22, title, "head"),
             text(12, 42, "ratio, with its 95 % interval: right of 1 is better; ● gain  ■ loss  ○ no difference  × void", "soft"),
             *axis(scale, bottom, "ratio (logarithmic)"),
             f'<line x1="{scale.at(1)}" x2="{scale.at(1)}" y1="{TOP - 12}" y2="{bottom}" class="one"/>']
    for place, (row, metric) in enumerate(entries):
        y, kind = TOP + LINE * place + 6, CLASSES.get(metric["verdict"], "same")
        label = f"{row['id']}: {metric['metric']}" + (" (control)" if row["control"] else "")
        parts.append(text(LABELS - 12, y + 4, label, "", "end"))
        parts.append(f'<line x1="{scale.at(metric["low"])}" x2="{scale.at(metric["high"])}" y1="{y}" y2="{y}" class="{kind}" stroke-width="2"/>')
        parts.append(mark(scale.at(metric["ratio"]), y, metric["verdict"], kind))
        parts.append(text(WIDTH - RIGHT + 8, y + 4, f"{number(metric['ratio'])}x"))
    said = "; ".join(f"{row['id']} {metric['metric']} {number(metric['ratio'])} times, {metric['verdict']}" for row, metric in entries)
    return svg(title, said, bottom + 46, parts)


def latencies(rows):
    """Percentiles of the others' latency beside handlers that block. None if they were not measured."""
    entries = [(row, metric) for row in rows for metric in row["metrics"] if metric["metric"] in ("p50_us", "p99_us") and "bad" in metric]
    if not entries:
        return None
    title = "What a blocking handler does to the others on its loop"
    scale = Scale([metric[side][key] / 1000 for _, metric in entries for side in ("bad", "good") for key in ("min", "max")])
    bottom = TOP + LINE * len(entries)
    parts = [text(12, 22, title, "head"), text(12, 42, "latency from when a request was due, ms; line: least to greatest of the rounds", "soft"),
             f'<circle cx="{WIDTH - 300}" cy="38" r="4" class="first"/>', text(WIDTH - 290, 42, "5 ms wait in the handler"),
             f'<circle cx="{WIDTH - 130}" cy="38" r="4" class="second"/>', text(WIDTH - 120, 42, "in a pool"), *axis(scale, bottom, "ms (logarithmic)")]
    for place, (row, metric) in enumerate(entries):
        y = TOP + LINE * place + 6
        parts.append(text(LABELS - 12, y + 4, f"{row['id']}: {metric['metric'].removesuffix('_us')}", "", "end"))
        for side, kind, shift in (("bad", "first", -4), ("good", "second", 4)):
            low, middle, high = (scale.at(metric[side][key] / 1000) for key in ("min", "median", "max"))
            parts.append(f'<line x1="{low}" x2="{high}" y1="{y + shift}" y2="{y + shift}" class="{kind}" stroke-width="2"/>')
            parts.append(f'<circle cx="{middle}" cy="{y + shift}" r="4" class="{kind}"/>')
    said = "; ".join(f"{row['id']} {metric['metric']}: {number(metric['bad']['median'] / 1000)} ms blocked, "
                     f"{number(metric['good']['median'] / 1000)} ms in a pool" for row, metric in entries)
    return svg(title, said, bottom + 46, parts)


def plots(document):
    """{file name: SVG}."""
    families = {}
    for row in document["rows"]:
        families.setdefault(row["family"], []).append(row)
    made = {f"{family.replace(' ', '-')}.svg": ratios(family[0].upper() + family[1:], rows) for family, rows in families.items()}
    made["blocking-latency.svg"] = latencies(families.get("blocking", []))
    return {name: picture for name, picture in made.items() if picture}
