"""What the repeats of two variants say about their ratio: gain, loss, no difference, or void."""

import random
from dataclasses import dataclass
from statistics import median

# Where two variants differ by less than this, nobody would notice.
MARGIN = {"counter": 0.05, "memory": 0.05, "timing": 0.10}
RESAMPLES = 2000


@dataclass
class Metric:
    name: str
    kind: str  # counter, memory, timing or share
    unit: str
    higher_is_better: bool = False
    floor: float = 0  # a smaller difference is none, whatever the ratio
    margin: float = 0  # in place of that of its kind


def ratio_interval(first, second, seed):
    """Ratio of the medians, and its 95 % bootstrap interval; rounds are drawn in pairs, since noise comes in spells."""
    draw, ratios = random.Random(seed), []
    rounds = range(len(first))
    for _ in range(RESAMPLES):
        chosen = [draw.choice(rounds) for _ in rounds]
        below = median(second[i] for i in chosen)
        ratios.append(median(first[i] for i in chosen) / below if below else float("inf"))
    ratios.sort()
    below = median(second)
    return (median(first) / below if below else float("inf"),
            ratios[int(0.025 * RESAMPLES)], ratios[int(0.975 * RESAMPLES) - 1])


def differs(interval, margin):
    _, low, high = interval
    return low > 1 + margin or high < 1 - margin


def mixed_by_chance(first, second, seed):
    """How often a random split of all values is as one-sided as this one (a permutation test of the rank sums)."""
    every, draw = [*first, *second], random.Random(seed)
    ranks = {value: (sum(v < value for v in every) + sum(v <= value for v in every) + 1) / 2 for value in every}
    middle = len(first) * (len(every) + 1) / 2
    seen = abs(sum(ranks[v] for v in first) - middle)
    drawn = (draw.sample(every, len(first)) for _ in range(RESAMPLES))
    return sum(abs(sum(ranks[v] for v in chosen) - middle) >= seen - 1e-9 for chosen in drawn) / RESAMPLES


def spread(values):
    return {"median": median(values), "min": min(values), "max": max(values), "rounds": [float(f"{v:.5g}") for v in values]}


def share_verdict(bad, good, again):
    """Shares may be 0, so they have no ratio: they differ where the rounds do not overlap."""
    if min(again) > max(bad) + 0.05 or min(bad) > max(again) + 0.05:
        return "void"
    if min(bad) > max(good) + 0.001:
        return "gain"
    return "loss" if min(good) > max(bad) + 0.001 else "no difference"


def compare(metric, bad, good, again, seed=1):
    """One row of the result: the change from bad to good is a gain if good is better. `again` is bad a second time."""
    row = {"metric": metric.name, "kind": metric.kind, "unit": metric.unit, "bad": spread(bad), "good": spread(good),
           "bad_again": spread(again)}
    if metric.kind == "share":
        return row | {"ratio": None, "verdict": share_verdict(bad, good, again)}
    if abs(median(bad) - median(good)) <= metric.floor or not any(bad + good):
        return row | {"ratio": None, "verdict": "no difference"}
    better = (good, bad) if metric.higher_is_better else (bad, good)
    margin = metric.margin or MARGIN[metric.kind]
    ratio, low, high = ratio_interval(*better, seed)
    same = ratio_interval(bad, again, seed + 1) if any(bad) and any(again) else (1, 1, 1)
    if differs(same, margin):
        verdict = "void"
    elif mixed_by_chance(good, [*bad, *again], seed + 2) > 0.05:
        verdict = "no difference"
    elif low > 1 + margin:
        verdict = "gain"
    else:
        verdict = "loss" if high < 1 - margin else "no difference"
    finite = [None if x == float("inf") else round(x, 4) for x in (ratio, low, high)]
    return row | {"ratio": finite[0], "low": finite[1], "high": finite[2], "same_ratio": round(same[0], 4), "verdict": verdict}
