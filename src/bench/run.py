#!/usr/bin/env python3
"""Measures depslim on a large image against bare walks and other tools; prints the table of docs/benchmarks.md.

    mvn package && src/bench/run.py [--runs 5] [--work FOLDER] [--only NAME ...]

Needs a Docker engine on this machine, as root for the engine's folders. Makes what is missing: the image
(depslim-bench:big, on top of the example echotune), its archive, its OCI layout. Other tools count when they are
found: dive and syft on the PATH or in DIVE and SYFT. Every number is the wall time of a whole process; the runs of
one table row are interleaved, so that a busy machine hits all of them alike.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "src" / "bench"
HOME = ROOT / "target" / "depslim"
TAG = "depslim-bench:big"
DOCKER = os.environ.get("DOCKER", "docker")
JVM = ["-Xlog:disable", "-Xmx4g", "-Xms84m", "-Xmn48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
       "-XX:-UsePerfData"]  # those of the launcher


def call(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, **options)


def tool(variable, name):
    path = os.environ.get(variable) or shutil.which(name)
    if not path:
        print(f"run.py: no {name}: its rows are left out (set {variable})", file=sys.stderr)
    return path


def prepare(work):
    """Image, archive, layout and classes; what is there already is used."""
    work.mkdir(parents=True, exist_ok=True)
    if subprocess.run([DOCKER, "image", "inspect", TAG], capture_output=True).returncode:
        call(ROOT / "examples" / "build-image.sh", "echotune")
        context = work / "context"
        context.mkdir(exist_ok=True)
        shutil.copy(BENCH / "Dockerfile", context)
        call(DOCKER, "build", "--network", "host", "-t", TAG, context)
    archive, layout, classes = work / "big.tar", work / "oci", work / "classes"
    if not archive.exists():
        part = work / "big.tar.part"
        call(DOCKER, "save", "-o", part, TAG)
        part.rename(archive)
    if not (layout / "index.json").exists():
        call(sys.executable, BENCH / "make_oci_layout.py", archive, layout)
    path = class_path()
    call(javac(), "-d", classes, "-cp", path, *sorted(BENCH.glob("*.java")))
    return archive, layout, f"{classes}:{path}"


def class_path():
    """The test class path has commons-compress."""
    with tempfile.NamedTemporaryFile("r", suffix=".txt") as out:
        call("mvn", "-q", "-o", "dependency:build-classpath", f"-Dmdep.outputFile={out.name}", cwd=ROOT,
             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return out.read().strip()


def javac():
    for home in [os.environ.get("JAVA25_HOME"), *sorted(map(str, Path("/usr/lib/jvm").glob("*25*")))]:
        if home and Path(home, "bin", "javac").exists():
            return Path(home, "bin", "javac")
    return "javac"


def measure(command, environment):
    """Seconds, peak MB and output size of one run of a whole process, through /usr/bin/time."""
    with tempfile.NamedTemporaryFile("r") as times:
        env = {**os.environ, **environment}
        done = subprocess.run(
            ["/usr/bin/time", "-v", "-o", times.name, *map(str, command)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
        text = times.read()
    clock = re.search(r"Elapsed.*?: (?:(\d+):)?(\d+):([\d.]+)", text)
    seconds = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3])
    peak = int(re.search(r"Maximum resident set size.*: (\d+)", text)[1]) / 1000
    if done.returncode not in (0, 1):
        print(f"run.py: {command[0]} ended with {done.returncode}: {done.stderr[-300:]}", file=sys.stderr)
        return None
    return seconds, peak


def rows(archive, layout, path):
    depslim = [HOME / "bin" / "depslim", "image", "--format", "json"]
    java = [HOME / "runtime" / "bin" / "java", *JVM, "-cp", path]
    dive, syft = tool("DIVE", "dive"), tool("SYFT", "syft")
    quiet = {"SYFT_CHECK_FOR_APP_UPDATE": "false"}

    def others(source, reference):
        out = []
        if dive:
            out.append(("dive", [dive, "--ci", "--source", source, reference], {}))
        if syft:
            out.append(("syft", [syft, "scan", "-q", "-o", "json", f"{source}:{reference}"], quiet))
        return out

    save = [DOCKER, "save", TAG]
    return {
        "archive": ("plain archive (`docker save -o`)", [
            ("depslim image", [*depslim, f"archive:{archive}"], {}),
            ("header walk, commons-compress", [*java, "HeaderWalk", archive], {}),
            *others("docker-archive", archive)]),
        "oci": ("OCI layout, gzip", [
            ("depslim image", [*depslim, f"oci:{layout}"], {}),
            ("inflating its layers, all processors", [*java, "InflateLayers", layout], {}),
            *([("syft", [syft, "scan", "-q", "-o", "json", f"oci-dir:{layout}"], quiet)] if syft else [])]),
        "engine": ("engine on this machine, its folders", [
            ("depslim image", [*depslim, f"docker:{TAG}"], {}),
            ("docker save > /dev/null", save, {}),
            *others("docker", TAG)]),
        "stream": ("engine, as a stream", [
            ("depslim image", [*depslim, f"docker-stream:{TAG}"], {}),
            ("docker save > /dev/null", save, {})]),
    }


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--slow-runs", type=int, default=3, help="runs of what takes longer than 20 s")
    arguments.add_argument("--work", type=Path, default=ROOT / "target" / "bench")
    arguments.add_argument("--only", nargs="*", choices=["archive", "oci", "engine", "stream"])
    options = arguments.parse_args()
    archive, layout, path = prepare(options.work)
    results = {}
    print("| source | program | median s | min–max s | of depslim | peak MB |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for key, (title, commands) in rows(archive, layout, path).items():
        if options.only and key not in options.only:
            continue
        taken = {name: [] for name, _, _ in commands}
        for turn in range(options.runs):
            for name, command, environment in commands:
                before = taken[name]
                if turn >= options.slow_runs and before and before[0][0] > 20:
                    continue
                one = measure(command, environment)
                if one:
                    before.append(one)
        base = statistics.median(s for s, _ in taken["depslim image"]) if taken["depslim image"] else None
        for name, runs in taken.items():
            if runs:
                seconds = [s for s, _ in runs]
                middle = statistics.median(seconds)
                ratio = f"{middle / base:.2f}" if base else "–"
                peak = max(p for _, p in runs)
                print(f"| {title} | {name} | {middle:.2f} | {min(seconds):.2f}–{max(seconds):.2f} | {ratio} | {peak:.0f} |",
                      flush=True)
        results[key] = taken
    (options.work / "results.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
