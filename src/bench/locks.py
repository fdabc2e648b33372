#!/usr/bin/env python3
"""How fast, and in how much memory, locks are read: prints the tables of docs/benchmarks.md.

    mvn package && src/bench/locks.py [--megabytes 50] [--runs 3] [--work FOLDER] [--only FORMAT …]

Makes one lock of each format (`make_projects.py`) and runs `depslim analyze` on it, in turns with the tool of the format
where it can read a lock without a network: `npm ls --package-lock-only` and `uv export --frozen --offline`. Whole
processes; the median of wall time and of processor time counts (of a tool that takes more than a minute one run), and the
largest resident memory. Then a tree of 500 manifests on one processor and on two. Asks for `npm` and `uv` on the path; what is missing is left out.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEPSLIM = os.environ.get("DEPSLIM", str(HERE.parent.parent / "target/depslim/bin/depslim"))
LOCKS = {"npm": "package-lock.json", "yarn": "yarn.lock", "pnpm": "pnpm-lock.yaml", "uv": "uv.lock", "poetry": "poetry.lock"}
PEERS = {"npm": ["npm", "ls", "--package-lock-only"],
         "uv": ["uv", "export", "--frozen", "--offline", "--no-hashes", "--quiet"]}


def run(command, folder, limit):
    """Wall seconds, processor seconds and resident megabytes of one process; None where it does not end in time."""
    start = time.monotonic()
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(command, cwd=folder, stdout=nothing, stderr=nothing)
        deadline = start + limit
        while True:
            pid, _, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = 0
                return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6
            if time.monotonic() > deadline:
                process.kill()
                process.wait()
                return None
            time.sleep(0.005)


def median(runs):
    return [statistics.median(column) for column in zip(*runs)]


def commands(name):
    yield "depslim analyze", [DEPSLIM, "analyze", "."]
    yield "depslim analyze, JSON", [DEPSLIM, "analyze", ".", "--format", "json"]
    peer = PEERS.get(name)
    if peer and shutil.which(peer[0]):
        yield " ".join(peer[:-2] if name == "uv" else peer), peer


def locks(options, work):
    print("| lock | what | wall s | processor s | MB/s | memory MB | times |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, lock in LOCKS.items():
        if options.only and name not in options.only:
            continue
        folder = work / name
        size = options.megabytes if name == "npm" else options.others
        if not (folder / lock).exists():
            subprocess.run([sys.executable, HERE / "make_projects.py", name, str(folder), str(size)], check=True)
        megabytes = (folder / lock).stat().st_size / 1e6
        asked = list(commands(name))
        seen = {what: [] for what, _ in asked}
        for _ in range(options.runs):
            for what, command in asked:
                # a tool that takes minutes runs once
                slow = seen[what] and (None in seen[what] or seen[what][0][0] > 60)
                if not slow:
                    seen[what].append(run(command, folder, options.limit))
        base = None
        for what, _ in asked:
            if None in seen[what]:
                print(f"| {lock}, {megabytes:.1f} MB | `{what}` | more than {options.limit} | | | | |", flush=True)
                continue
            wall, spent, memory = median(seen[what])
            base = base or spent
            print(f"| {lock}, {megabytes:.1f} MB | `{what}` | {wall:.2f} | {spent:.2f} | {megabytes / spent:.1f} "
                  f"| {max(memory for _, _, memory in seen[what]):.0f} | {spent / base:.1f} |", flush=True)


def many(options, work):
    folder = work / "many"
    if not folder.exists():
        subprocess.run([sys.executable, HERE / "make_projects.py", "many", str(folder), "500"], check=True)
    command = [DEPSLIM, "analyze", "."]
    one, two = [], []
    for _ in range(options.runs):
        one.append(run(["taskset", "-c", "0", *command], folder, options.limit))
        two.append(run(command, folder, options.limit))
    print("\n| 500 manifests | wall s | processor s | memory MB |\n| --- | --- | --- | --- |")
    for what, runs in (("one processor", one), ("two", two)):
        wall, spent, memory = median(runs)
        print(f"| {what} | {wall:.2f} | {spent:.2f} | {memory:.0f} |", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--megabytes", type=int, default=50, help="of the package-lock.json")
    arguments.add_argument("--others", type=int, default=20, help="megabytes of the other locks")
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--limit", type=int, default=600, help="seconds for one process")
    arguments.add_argument("--work", type=Path)
    arguments.add_argument("--only", nargs="*")
    options = arguments.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="depslim-locks-"))
    locks(options, work)
    if not options.only or "many" in options.only:
        many(options, work)


if __name__ == "__main__":
    main()
