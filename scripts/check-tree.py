#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the house rules that a machine can see; prints each offence and ends with 1 when there is one."""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
LICENCE = "SPDX-License-Identifier: Apache-2.0"
MAX_LINES = 600
SOURCES = {".swift", ".py", ".yaml", ".yml", ".c", ".h"}
PROGRAMS = ("scripts/", ".ci/")
PURE = ("CoreValues", "JSONDocument", "AccessPolicy", "AWSWire", "ChangeManagement", "EmbeddedAWS")
# Each pattern with what is wrong; they are put together so that this file doesn't match itself.
FORBIDDEN = [
    (re.compile(r"\{\{" + r"\{"), "an unescaped template insertion"),
    (re.compile(r"\b(FIX" r"ME|XX" r"X)\b"), "a leftover; file an issue"),
    (re.compile(r"\bTO" r"DO\b(?!\(#\d+\))"), "work without an issue number"),
    (re.compile(r"(^|[\s\"'`(=])/(home|root|Users|work)/"), "a path of one machine"),
    (re.compile(r"^(<{7}|>{7})( |$)"), "a merge conflict"),
]
NONDETERMINISTIC = re.compile(r"\bDate\(\)|\bUUID\(\)|\bDate\.now\b|\.random\(")
NO_FOUNDATION = ("CoreValues", "JSONDocument", "AccessPolicy")
FOUNDATION = re.compile(r"^(package |public )?import Foundation")
TABLE = "docs/compatibility.md"
# Operations that IAM has for users and roles alike; their names are put together in the code.
INTERPOLATED = re.compile(r"(User|Role)(s|Policy|Policies)?$")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def files():
    """All files of the tree but what is built or ignored, as paths from its root."""
    skipped = {".git", ".swiftpm", "__pycache__", ".venv"}
    for folder, names, found in os.walk(ROOT):
        names[:] = sorted(n for n in names if n not in skipped and not n.startswith((".build", ".dev")))
        for name in sorted(found):
            path = (pathlib.Path(folder) / name).relative_to(ROOT)
            if path.name != "Package.resolved":
                yield path


def anchors(text):
    """The names that the headings of a page get."""
    headings = re.findall(r"^#+ +(.+?) *$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def links(path, text):
    """Offences of a page's links to files of this tree."""
    for target in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.S)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (ROOT / path.parent / name) if name else ROOT / path
        if not file.exists():
            yield "links to `%s`, which is not there" % target
        elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
            yield "links to `%s`, which has no such heading" % target


def offences(path):
    """What is wrong with one file, each as line (or 0) and text."""
    name = path.as_posix()
    is_program = name.startswith(PROGRAMS) and "." not in path.name
    is_source = path.suffix in SOURCES or is_program or path.name == "Makefile"
    if not (is_source or path.suffix in (".md", ".json")):
        return
    text = (ROOT / path).read_text(encoding="utf-8")
    lines = text.splitlines()
    if is_source and not any(LICENCE in line for line in lines[:2]):
        yield 1, "the licence line is missing: %s" % LICENCE
    if path.suffix == ".json":
        return
    if len(lines) > MAX_LINES and "Generated" not in path.parts:
        yield 0, "has %d lines; %d are accepted" % (len(lines), MAX_LINES)
    target = path.parts[1] if path.parts[0] == "Sources" else ""
    for number, line in enumerate(lines, 1):
        for pattern, reason in FORBIDDEN:
            if pattern.search(line):
                yield number, reason
        if target in PURE and NONDETERMINISTIC.search(line) and not line.lstrip().startswith("//"):
            yield number, "time, identifiers and randomness are passed in here, not taken"
        if target in NO_FOUNDATION and FOUNDATION.match(line):
            yield number, "%s does without Foundation" % target
    if path.suffix == ".md":
        for offence in links(path, text):
            yield 0, offence


def served():
    """Operations whose rows in the table of docs/compatibility.md and whose code disagree."""
    text = (ROOT / TABLE).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| (done|partial|in work|planned) \|", text, re.M)
    code = "".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "Sources/API").rglob("*.swift")))
    names = set(re.findall(r'static let name = "(\w+)"', code))
    stated = {name for name, state in rows if state in ("done", "partial")}
    for name in sorted(names - stated):
        yield "%s is served; say so" % name
    for name in sorted(n for n in stated - names if not INTERPOLATED.search(n) and '"%s"' % n not in code):
        yield "%s is not served, but said to be" % name


def main():
    """Checks every file."""
    found = 0
    for text in served():
        print("%s: %s" % (TABLE, text))
        found += 1
    for path in files():
        for line, text in offences(path):
            print("%s%s: %s" % (path, ":%d" % line if line else "", text))
            found += 1
    if found:
        sys.exit(1)


if __name__ == "__main__":
    main()
