"""Each format read by a parser of its kind: what a report says, as a sorted list of Finding."""

import html.parser
import json
import re
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

WARNING = re.compile(r"^(.+):(\d+):\d+: warning: (.*) \[([\w-]+)\]$", re.MULTILINE)


class Finding(NamedTuple):
    file: str
    line: int
    check: str
    text: str


def from_text(report):
    return sorted(Finding(file, int(line), check, text) for file, line, text, check in WARNING.findall(report.decode()))


def from_json(report):
    return sorted(Finding(f["file"], f["line"], f["check"], f["message"]) for f in json.loads(report)["findings"])


def sarif_run(report):
    (run,) = json.loads(report)["runs"]
    return run


def sarif_place(location):
    """File, and the four numbers of the region."""
    place = location["physicalLocation"]
    numbers = tuple(place["region"][name] for name in ("startLine", "startColumn", "endLine", "endColumn"))
    return unquote_to_bytes(place["artifactLocation"]["uri"]).decode(errors="replace"), numbers


def from_sarif(report):
    found = []
    for result in sarif_run(report)["results"]:
        (location,) = result["locations"]
        file, (line, *_) = sarif_place(location)
        found.append(Finding(file, line, result["ruleId"], result["message"]["text"]))
    return sorted(found)


COMMAND = re.compile(r"^::(\w+) ([^\n]*?)::([^\n]*)$", re.MULTILINE)


def github_commands(report):
    """Command, properties and message of each line, as the runner reads them."""
    def unescaped(text, codes):
        return re.sub("|".join(codes), lambda m: {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}[m.group()], text)

    for line in report.decode(errors="replace").splitlines():
        found = COMMAND.fullmatch(line)
        assert found, f"no workflow command: {line!r}"
        properties = dict(word.split("=", 1) for word in found.group(2).split(","))
        yield found.group(1), {name: unescaped(value, ("%25", "%0D", "%0A", "%3A", "%2C")) for name, value in properties.items()}, unescaped(
            found.group(3), ("%25", "%0D", "%0A"))


def from_github(report):
    return sorted(Finding(properties["file"], int(properties["line"]), properties["title"], message.split("\n")[0])
                  for command, properties, message in github_commands(report) if command == "warning")


def from_gitlab(report):
    return sorted(Finding(f["location"]["path"], f["location"]["lines"]["begin"], f["check_name"], f["description"]) for f in json.loads(report))


def from_rdjson(report):
    return sorted(Finding(d["location"]["path"], d["location"]["range"]["start"]["line"], d["code"]["value"], d["message"])
                  for d in json.loads(report)["diagnostics"])


def from_junit(report):
    found = []
    for case in ElementTree.fromstring(report).iter("testcase"):
        failure = case.find("failure")
        if failure is not None:
            place = re.match(r"(.+):(\d+):\d+: (.*)$", failure.get("message"), re.DOTALL)
            found.append(Finding(place[1], int(place[2]), case.get("classname"), place[3]))
    return sorted(found)


def from_checkstyle(report):
    return sorted(Finding(file.get("name"), int(error.get("line")), error.get("source"), error.get("message"))
                  for file in ElementTree.fromstring(report).iter("file") for error in file.iter("error"))


class Page(html.parser.HTMLParser):
    """The elements of a page, and what its data element holds."""

    def __init__(self, report):
        super().__init__()
        self.tags, self.attributes, self.scripts, self.reading, self.text = [], [], [], False, ""
        self.feed(report.decode("utf-8"))
        self.close()
        (data,) = (text for kind, text in self.scripts if kind == "application/json")
        self.data = json.loads(data)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.extend((tag, name, value) for name, value in attrs)
        if tag == "script":
            self.scripts.append((dict(attrs).get("type"), ""))
        self.reading = tag == "script"

    def handle_endtag(self, tag):
        self.reading = False

    def handle_data(self, data):
        if self.reading:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        else:
            self.text += data


def from_html(report):
    return sorted(Finding(f["file"], f["line"], f["check"], f["text"]) for f in Page(report).data["findings"])


PARSERS = {name.removeprefix("from_"): function for name, function in list(globals().items()) if name.startswith("from_")}
