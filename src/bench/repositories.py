#!/usr/bin/env python3
"""Reads real repositories with depslim and prints one row of a Markdown table for each.

    DEPSLIM=target/depslim/bin/depslim src/bench/repositories.py FOLDER…        every FOLDER is a git work tree

A run that does not end with 0 or 3, or that says anything of an internal error, is named and ends the script with 1.
`--twice` analyses each once more on one processor only, and the two documents must be the same bytes. `--keep DIR`
keeps the documents. Seconds are those of the processor, JVM start included.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

DEPSLIM = os.environ.get("DEPSLIM", "target/depslim/bin/depslim").split()


def analyse(folder, out, processors=None):
    """Exit code, seconds of processor time and standard error of one run."""
    pin = ["taskset", "-c", processors] if processors else []
    command = [*pin, *DEPSLIM, "analyze", str(folder), "--format", "json", "-o", str(out), "--force"]
    before = os.times()
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return done.returncode, spent, done.stderr


def commit(folder):
    done = subprocess.run(["git", "-C", str(folder), "rev-parse", "--short=10", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip()


def row(folder, document, seconds):
    projects = document["projects"]
    issues = document["issues"]
    count = lambda key: sum(len(project[key]) for project in projects)
    errors = sum(issue["severity"] == "error" for issue in issues)
    name = folder.name.replace("+", "/")
    return (f"| {name}@{commit(folder)} | {len(projects)} | {count('manifests')} | {count('lockfiles')} "
            f"| {count('dependencies'):,} | {count('resolved'):,} | {errors} | {len(issues) - errors} | {seconds:.1f} |")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--twice", action="store_true")
    options = arguments.parse_args()
    keep = options.keep or Path(tempfile.mkdtemp())
    keep.mkdir(parents=True, exist_ok=True)
    print("| repository | projects | manifests | locks | declared | resolved | errors | warnings | seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    failed = []
    for folder in options.folders:
        one, two = keep / f"{folder.name}.json", keep / f"{folder.name}.one-cpu.json"
        code, seconds, said = analyse(folder, one)
        if options.twice:
            again, _, _ = analyse(folder, two, "0")
            if code != again or one.read_bytes() != two.read_bytes():
                failed.append(f"{folder.name}: two runs differ")
            two.unlink(missing_ok=True)
        if code not in (0, 3) or "internal error" in said:
            failed.append(f"{folder.name}: exit {code}: {said.strip()[:400]}")
        if not one.exists():
            continue
        print(row(folder, json.loads(one.read_text()), seconds), flush=True)
    print("\n".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
