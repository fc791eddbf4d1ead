"""The script steps of the CI templates, as their systems would run them.

What a system itself does (checkout, cache, upload) is not run; what it is told is checked. An expression or a variable that this does not
know is an error, not an empty string.
"""

import json
import re

import yaml

from scratch import NEW, OLD

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
SYSTEMS_OWN = {"actions/checkout@v6", "actions/cache/restore@v5", "actions/cache/save@v5", "github/codeql-action/upload-sarif@v4"}
INSTALLS = re.compile(r"^apt-get update\b")


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def evaluated(text, known):
    def value(match):
        if match.group(1) not in known:
            raise ValueError(f"'{match.group()}' has no value here")
        return known[match.group(1)]
    return EXPRESSION.sub(value, text)


def github_steps(work, known):
    """(name, script, environment) of each script step, those of the composite action in its place; and what other actions are told."""
    (job,) = load(work / ".github/workflows/nettune.yml")["jobs"].values()
    scripts, told = [], {}
    for step in job["steps"]:
        if step.get("uses", "").startswith("./"):
            action = load(work / step["uses"] / "action.yml")
            given = {name: evaluated(str(value), known) for name, value in step.get("with", {}).items()}
            assert set(given) <= set(action["inputs"]), given
            inputs = {f"inputs.{name}": given.get(name, spec.get("default", "")) for name, spec in action["inputs"].items()}
            inner = action["runs"]["steps"]
            assert action["runs"]["using"] == "composite" and all("shell" in s for s in inner if "run" in s)
        else:
            inputs, inner = {}, [step]
        for one in inner:
            if "uses" in one:
                assert one["uses"] in SYSTEMS_OWN, one["uses"]
                told[one["uses"].split("@")[0]] = one.get("with", {})
            else:
                env = {k: evaluated(str(v), {**known, **inputs}) for k, v in one.get("env", {}).items()}
                assert not EXPRESSION.search(one["run"]), "an expression in a script is an injection; it belongs into env"
                scripts.append((one["name"], one["run"], env))
    return scripts, told


def gitlab_steps(work):
    """(name, script, environment) of each line, and the job."""
    jobs = load(work / ".gitlab-ci.yml")
    job = jobs["nettune"]
    env = {name: str(value) for name, value in job["variables"].items()}
    return [(f"line {number}", line, env) for number, line in enumerate(job["before_script"] + job["script"], 1)], job


def run_steps(steps, run, env, installing):
    """Runs each step, `run(script, environment)`; stops at the first that fails. (name, code, output) of the last one, and their number.

    `installing`: also what installs packages of the distribution.
    """
    name, code, output, count = "", 0, "", 0
    for name, script, own in steps:
        if INSTALLS.search(script) and not installing:
            continue
        count += 1
        code, output = run(script, {**env, **own})
        if code:
            break
    return name, code, output, count


def check_github(scratch, run, known, work, installing):
    """A pull request that adds a blocking call: the last step fails, and its reports name that call only."""
    steps, told = github_steps(work, known)
    summary = work.parent / "summary.md"
    summary.write_text("")
    env = {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main", "GITHUB_HEAD_REF": "change",
           "GITHUB_REF": "refs/pull/1/merge", "GITHUB_SHA": scratch.git(work, "rev-parse", "HEAD"), **run.paths(GITHUB_WORKSPACE=work, GITHUB_STEP_SUMMARY=summary)}
    name, code, output, count = run_steps(steps, run, env, installing)
    assert (name, code) == ("Check", 1), f"step '{name}' ended with {code}:\n{output}"
    assert count == len(steps) - (not installing), f"{count} of {len(steps)} steps were run"
    annotations = [line for line in output.splitlines() if re.match(r"::(warning|error|notice) ", line)]
    assert len(annotations) == 1 and "file=journal.cpp,line=" in annotations[0] and NEW in output and OLD not in output, output
    sarif = json.loads((work / told["github/codeql-action/upload-sarif"]["sarif_file"]).read_text())
    results = sarif["runs"][0]["results"]
    assert sarif["version"] == "2.1.0" and [r["message"]["text"] for r in results if NEW in r["message"]["text"]], results
    assert not any(OLD in r["message"]["text"] and r.get("baselineState") == "new" for r in results), results
    assert NEW.split("'")[1] in summary.read_text(), "the step's summary does not name it"
    saved, restored = told["actions/cache/save"], told["actions/cache/restore"]
    assert any((work / saved["path"]).iterdir()), "nothing is there to cache"
    assert (saved["path"], saved["key"]) == (restored["path"], restored["key"]), told
    assert told["actions/checkout"]["fetch-depth"] == 0, told


def check_github_push(scratch, run, known, work):
    """A push to main: nothing is new, and the reports hold what is there, which requests are compared with."""
    steps, told = github_steps(work, known)
    env = {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_BASE_REF": "", "GITHUB_HEAD_REF": "", "GITHUB_REF": "refs/heads/main",
           "GITHUB_REF_NAME": "main", "GITHUB_SHA": scratch.git(work, "rev-parse", "HEAD"), **run.paths(GITHUB_WORKSPACE=work)}
    name, code, output, _ = run_steps(steps, run, env, installing=False)
    assert code == 0 and "::warning" not in output, f"step '{name}' ended with {code}:\n{output}"
    results = json.loads((work / told["github/codeql-action/upload-sarif"]["sarif_file"]).read_text())["runs"][0]["results"]
    assert [OLD in r["message"]["text"] for r in results] == [True], results


def gitlab_report(work, job):
    """Texts by fingerprint."""
    report = json.loads((work / job["artifacts"]["reports"]["codequality"]).read_text())
    return {f["fingerprint"]: f["description"] for f in report}


def check_gitlab_push(scratch, run, work):
    """A push to main: nothing is new, and the report holds what requests are compared with. (That.)"""
    steps, job = gitlab_steps(work)
    env = {"CI": "true", "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main",
           "CI_COMMIT_SHA": scratch.git(work, "rev-parse", "HEAD"), "NETTUNE_PACKAGE": "", **run.paths(CI_PROJECT_DIR=work)}
    name, code, output, _ = run_steps(steps, run, env, installing=False)
    assert code == 0 and OLD not in output, f"{name} ended with {code}:\n{output}"
    found = gitlab_report(work, job)
    assert [OLD in text for text in found.values()] == [True], found
    return found


def check_gitlab(scratch, run, work, installing, package=""):
    """The same of a merge request."""
    steps, job = gitlab_steps(work)
    env = {"CI": "true", "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
           "CI_MERGE_REQUEST_DIFF_BASE_SHA": scratch.git(work, "merge-base", "base", "HEAD"), "CI_COMMIT_SHA": scratch.git(work, "rev-parse", "HEAD"),
           "CI_DEFAULT_BRANCH": "main", "NETTUNE_PACKAGE": package, **run.paths(CI_PROJECT_DIR=work)}
    scratch.git(work, "update-ref", "-d", "refs/heads/base")  # a runner fetches the merge request alone
    name, code, output, count = run_steps(steps, run, env, installing)
    assert name == steps[-1][0] and code == 1, f"{name} ended with {code}:\n{output}"
    assert count == len(steps) - (not installing), f"{count} of {len(steps)} steps were run"
    assert NEW in output and OLD not in output, output
    found = gitlab_report(work, job)
    assert len(found) == 2 and [NEW in text or OLD in text for text in found.values()] == [True, True], found  # GitLab compares itself
    assert any((work / job["cache"]["paths"][0]).iterdir()), "nothing is there to cache"
    assert str(job["variables"]["GIT_DEPTH"]) == "0", job
    return found
