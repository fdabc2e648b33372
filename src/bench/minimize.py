#!/usr/bin/env python3
"""Proves `depslim minimize` on real repositories; prints the Markdown table of docs/benchmarks.md.

    mvn package && src/bench/minimize.py [--clones FOLDER] [--only npm|pypi] [WHAT ...]

WHAT is a folder, or owner/name@commit:subfolder, or a file with one such entry a line (default: minimize.txt beside
this script). Repositories are taken from FOLDER/owner/name, FOLDER/owner+name or FOLDER/owner+name/repo, and are cloned
into the work folder where none of these exists.

Each is minimized in two forms: with the default list of categories, and with the four written out. Of each form is seen
  - whether depslim writes it, and whether its own --verify is content;
  - without depslim: whether the package manager accepts the original and the written files, what it puts on the disk
    for each of them, and whether that is what was planned.
Nothing of the projects is executed: install scripts are switched off, and wheels are installed; a package of PyPI that
has none is built, as pip does. What a lock of Python installs is exported by its own tool (uv, poetry, pdm, pipenv).

Rows are kept in WORK/rows.jsonl, and what originals install in WORK/originals; what is there already is not run again
(--again: rows are). DEPSLIM, NPM and PIP are the
commands to use, such as NPM="npx -y npm@10".
"""

import argparse
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPSLIM = shlex.split(os.environ.get("DEPSLIM", str(ROOT / "target" / "depslim" / "bin" / "depslim")))
FORMS = {"default": None, "written": "dev,coding-agent,heavy-ml,browser-automation"}
LIMIT = 20 * 60


def run(command, folder, environment=None):
    """Exit code, output and errors of one program; 124 where it does not end in time."""
    try:
        done = subprocess.run([str(word) for word in command], cwd=folder, env={**os.environ, **(environment or {})},
                              capture_output=True, text=True, errors="replace", timeout=LIMIT)
        return done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        return 124, "", f"does not end within {LIMIT} s"


def say(text):
    print(text, file=sys.stderr, flush=True)


# what is looked at


def source(what, clones, work):
    """The folder of an entry, checked out where it is a commit."""
    for folder in (Path(what), ROOT / what):
        if folder.is_dir():
            return folder.resolve()
    match = re.fullmatch(r"([\w.-]+/[\w.-]+)@(\w+)(?::(.*))?", what)
    if not match:
        raise SystemExit(f"minimize.py: {what} is no folder, and not owner/name@commit:subfolder")
    name, commit, sub = match[1], match[2], match[3] or ""
    target = work / "sources" / f"{name.replace('/', '+')}@{commit}"
    if not target.exists():
        part = target.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        git = ["git", "-c", "core.hooksPath=/dev/null", "-c", "filter.lfs.smudge=", "-c", "filter.lfs.required=false",
               "--git-dir", git_folder(name, clones, work), "--work-tree", part]
        with tempfile.TemporaryDirectory() as index:
            environment = {"GIT_INDEX_FILE": f"{index}/index"}
            code, _, errors = run([*git, "read-tree", commit], part, environment)
            # a clone may lack its largest files: the others are written all the same
            code = code or run([*git, "checkout-index", "-f", "-q", "-a"], part, environment)[0]
        if code and not (part / sub).is_dir():
            raise SystemExit(f"minimize.py: {what} cannot be checked out: {errors.strip()}")
        part.rename(target)
    return target / sub


def git_folder(name, clones, work):
    for place in ([] if clones is None else [clones / name, clones / name.replace("/", "+")]):
        for folder in (place, place / ".git", place / "repo", place / "repo" / ".git"):
            if (folder / "objects").is_dir():
                return folder.resolve()
    clone = work / "clones" / name.replace("/", "+")
    if not clone.exists():
        subprocess.run(["git", "clone", "-q", "--bare", "--filter=blob:none", f"https://github.com/{name}", str(clone)],
                       check=True)
    return clone


def entries(arguments):
    for argument in arguments:
        if Path(argument).is_file():
            for line in Path(argument).read_text().splitlines():
                if line.strip() and not line.startswith("#"):
                    yield line.strip()
        else:
            yield argument


def copy(folder, target):
    """The sources as a build context has them: what is installed already is left out."""
    shutil.copytree(folder, target, symlinks=True, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns(".git", "node_modules", ".venv", "venv"))
    return target


def grown(folder):
    """Bytes of the regular files below, each counted once."""
    seen, total = set(), 0
    for place, _, files in os.walk(folder):
        for file in files:
            status = os.lstat(os.path.join(place, file))
            if not os.path.islink(os.path.join(place, file)) and (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                total += status.st_size
    return total


# npm


class Npm:
    command = shlex.split(os.environ.get("NPM", "npm"))
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    dry = []

    @staticmethod
    def lock(folder):
        for name in ("npm-shrinkwrap.json", "package-lock.json"):
            if (folder / name).is_file():
                return folder / name
        return None

    @classmethod
    def kind(cls, folder):
        lock = cls.lock(folder)
        if lock is None:
            return "no lock"
        return f"{'shrinkwrap' if 'shrink' in lock.name else 'lock'} v{json.loads(lock.read_bytes())['lockfileVersion']}"

    @classmethod
    def install(cls, folder, *more):
        """What `npm ci` says, brings and leaves on the disk; without a lock there is only `npm install`."""
        verb = "ci" if cls.lock(folder) else "install"
        code, output, errors = run([*cls.command, verb, *more, *cls.options, *cls.dry], folder)
        if code:
            return {"refusal": first_error(errors or output), "tree": {}, "bytes": None}
        if cls.dry:
            return {"refusal": "", "tree": cls.told(output), "bytes": None}
        return {"refusal": "", "tree": cls.tree(folder), "bytes": sum(grown(it) for it in cls.modules(folder))}

    @staticmethod
    def told(output):
        """What a dry run would bring: it names no places, so the packages of one name and version are numbered."""
        tree = {}
        for name, version in re.findall(r"^add (\S+) (\S+)$", output, re.M):
            what, count = f"{name}@{version}", 1
            while f"{what} {count}" in tree:
                count += 1
            tree[f"{what} {count}"] = what
        return tree

    @classmethod
    def added(cls, folder):
        """How many packages `npm ci` with development brings, without bringing them."""
        code, output, errors = run([*cls.command, "ci", "--dry-run", *cls.options], folder)
        match = re.search(r"added (\d+) packages?", output)
        return first_error(errors or output) if code else int(match[1]) if match else 0

    @staticmethod
    def modules(folder):
        """The node_modules of the project and of its members."""
        for place, folders, _ in os.walk(folder):
            if "node_modules" in folders:
                folders.remove("node_modules")
                yield Path(place, "node_modules")

    @classmethod
    def tree(cls, folder):
        """Name and version of each installed package by its place, as its own package.json says; links by `link`."""
        found = {}
        for modules in cls.modules(folder):
            cls.packages(modules, folder, found)
        return found

    @classmethod
    def packages(cls, modules, folder, found):
        for one in sorted(modules.iterdir()):
            if one.name.startswith("."):
                continue
            for package in sorted(one.iterdir()) if one.name.startswith("@") and not one.is_symlink() else [one]:
                place = str(package.relative_to(folder))
                if package.is_symlink():
                    found[place] = "link"
                elif (package / "package.json").is_file():
                    try:
                        about = json.loads((package / "package.json").read_text("utf-8-sig"))
                    except ValueError:
                        about = {}
                    found[place] = f"{about.get('name')}@{about.get('version')}"
                    if (package / "node_modules").is_dir():
                        cls.packages(package / "node_modules", folder, found)

    @staticmethod
    def planned(lock):
        """What a lock says of each place: name@version, and whether it may be left out on this platform."""
        places = {}
        for place, entry in json.loads(lock.read_bytes()).get("packages", {}).items():
            if "node_modules/" in place:
                name = entry.get("name") or place.rsplit("node_modules/", 1)[1]
                what = "link" if entry.get("link") else f"{name}@{entry.get('version')}"
                places[place] = (what, bool(entry.get("optional")), bool(entry.get("dev") or entry.get("devOptional")),
                                 bool(entry.get("inBundle")))
        return places

    @classmethod
    def compare(cls, folder, tree, before):
        """How what is installed differs from the lock that was written and from what the original installs."""
        planned = cls.planned(cls.lock(folder))
        if cls.dry:
            planned = numbered(planned)
        wrong = []
        for place, (what, optional, dev, _) in planned.items():
            if dev:
                wrong.append(f"the lock still has {place} for development")
            elif place not in tree and not optional:
                wrong.append(f"{place} is planned and not installed")
            elif place in tree and not same(tree[place], what):
                wrong.append(f"{place} is {tree[place]}, planned was {what}")
        for place, what in tree.items():
            if place not in planned and place not in before and not inside(place, planned):
                wrong.append(f"{place} is installed ({what}) and not planned")
            if before and place not in before:
                wrong.append(f"{place} is installed ({what}), the original does not bring it")
            elif before and before[place] != what:
                wrong.append(f"{place} is {what}, of the original it is {before[place]}")
        return wrong

    @classmethod
    def before(cls, folder, path, full, kept):
        """The original as a production image installs it, and with development where that is asked for."""
        if kept.exists():
            return json.loads(kept.read_text())
        with tempfile.TemporaryDirectory(prefix="minimize-bench") as scratch:
            base = copy(folder, Path(scratch)) / path
            row = {"lock": cls.kind(base)}
            if full:
                installed = cls.install(base)
                row |= {"originalWhole": installed["refusal"] or "accepted", "bytesWhole": installed["bytes"],
                        "packagesWhole": distinct(installed["tree"])}
            installed = cls.install(base, "--omit=dev")
            row |= {"original": installed["refusal"] or "accepted", "bytesBefore": installed["bytes"],
                    "packagesBefore": distinct(installed["tree"])}
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps([installed["tree"], row]))
            return installed["tree"], row

    @classmethod
    def row(cls, folder, project, written, full, kept):
        before, row = cls.before(folder, project["path"], full, kept)
        if not written:
            return row
        with tempfile.TemporaryDirectory(prefix="minimize-bench") as scratch:
            slim = copy(folder, Path(scratch))
            for file in project["files"]:
                shutil.copyfile(written / file["path"], slim / file["replaces"])
            base = slim / project["path"]
            whole = cls.added(base) if cls.lock(base) and not cls.dry else None
            after = cls.install(base, "--omit=dev")
            # npm before 10 tells a dry run's number only
            untold = cls.dry and not after["tree"]
            wrong = [] if after["refusal"] or untold or not cls.lock(base) else cls.compare(base, after["tree"], before)
            if whole is not None and whole != len([it for it in after["tree"].values() if it != "link"]):
                wrong.append(f"npm ci with development brings {whole} packages, without {len(after['tree'])}")
            return row | {"slim": after["refusal"] or "accepted", "bytesAfter": after["bytes"],
                          "packagesAfter": distinct(after["tree"]), "wrong": wrong}


def numbered(planned):
    """What a lock says, by the name of the folder as a dry run tells it; links are not told."""
    found = {}
    for place, (what, *flags) in sorted(planned.items(), key=lambda item: item[1][1]):
        if what != "link":
            name, count = f"{place.rsplit('node_modules/', 1)[1]}@{what.rsplit('@', 1)[1]}", 1
            while f"{name} {count}" in found:
                count += 1
            found[f"{name} {count}"] = (name, *flags)
    return found


def distinct(tree):
    return len({what for what in tree.values() if what != "link"})


def same(installed, planned):
    """An archive or a repository may say another name or version than the lock."""
    return installed == planned or planned.endswith("@None") or installed.split("@")[-1] == planned.split("@")[-1]


def inside(place, planned):
    """Whether a package lies in one that brings its own node_modules without saying so."""
    while "/node_modules/" in place:
        place = place.rsplit("/node_modules/", 1)[0]
        if place in planned:
            return True
    return False


def first_error(text):
    lines = [re.sub(r"^npm (error|ERR!)\s*", "", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith(("npm warn", "npm WARN", "code ", "errno "))]
    told = [line for line in lines if re.match(r"(Missing|Invalid|ERROR|error):? ", line)]
    return ((told or lines or ["no message"])[0])[:200]


# pip


class Pip:
    command = shlex.split(os.environ.get("PIP", f"{sys.executable} -m pip"))
    # What the tool of a lock says that production installs; it builds and installs nothing.
    exports = {
        "uv.lock": "uv export --frozen --quiet --no-default-groups --no-emit-workspace --format requirements-txt",
        "poetry.lock": "poetry export --without-urls --only main",
        "pdm.lock": "pdm export --prod --no-extras --format requirements",
        "Pipfile.lock": "pipenv requirements",
    }

    @classmethod
    def of(cls, project):
        """The pip that depslim asked, which runs on a Python of the project; None where there is none."""
        for verified in project["verified"]:
            words = verified["command"]
            if "install" in words and "--python-version" not in words:
                return words[:words.index("install")], {"PYENV_VERSION": verified["title"][-5:-1].strip()}
            return None, {}
        return cls.command, {}

    @classmethod
    def install(cls, folder, requirements, project):
        """What pip says of wheels, brings and leaves on the disk; what has no wheel is built."""
        pip, environment = cls.of(project)
        if pip is None:
            return {"code": 1, "refusal": "no such Python here", "tree": {}, "bytes": None}
        built = [it["name"] for verified in project["verified"] for it in verified["untried"] if it["version"]]
        options = ["--no-binary", ",".join(built)] if built else []
        options += ["--no-deps"] if "--no-deps" in str(project["commands"]) else []
        with tempfile.TemporaryDirectory(prefix="minimize-pip") as scratch:
            target, report = Path(scratch, "site"), Path(scratch, "report.json")
            code, output, errors = run(
                [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--ignore-installed",
                 "--only-binary", ":all:", *options, "--target", target, "--report", report, "-r", requirements],
                folder, environment)
            if code:
                return {"code": code, "refusal": first_error(errors or output), "tree": {}, "bytes": None}
            rows = json.loads(report.read_text())["install"]
            return {"code": 0, "refusal": "", "bytes": grown(target),
                    "tree": {normal(it["metadata"]["name"]): it["metadata"]["version"] for it in rows}}

    @classmethod
    def original(cls, folder, file):
        """The requirement file of a production install of the original, and why there is none."""
        name = Path(file["replaces"]).name
        if name.endswith(".txt"):
            return file["replaces"], ""
        if name not in cls.exports:
            return None, f"no tool exports {name}"
        code, output, errors = run(shlex.split(cls.exports[name]), folder / Path(file["path"]).parent)
        if code:
            return None, first_error(errors or output)
        place = str(Path(file["path"]).parent / "depslim-original.txt")
        (folder / place).write_text(output)
        return place, ""

    @classmethod
    def row(cls, folder, project, written, full, kept):
        files = [file for file in project["files"] if file["path"].endswith("-minimal.txt") and file["replaces"]]
        row = {"lock": "requirements", "original": "–", "bytesBefore": None, "packagesBefore": 0}
        with tempfile.TemporaryDirectory(prefix="minimize-bench") as scratch:
            for file in files[:1]:
                row["lock"] = Path(file["replaces"]).name
                original = copy(folder, Path(scratch, "original"))
                requirements, refusal = cls.original(original, file)
                before = cls.install(original, requirements, project) if requirements else {"tree": {}, "bytes": None}
                refusal = refusal or before["refusal"]
                row |= {"original": refusal or "accepted", "bytesBefore": before["bytes"],
                        "packagesBefore": len(before["tree"])}
                if not written:
                    continue
                place = Path(file["path"]).parent / "depslim-minimal.txt"
                shutil.copyfile(written / file["path"], original / place)
                after = cls.install(original, place, project)
                wrong = [f"{name} {version} is installed, the original brings {before['tree'].get(name)}"
                         for name, version in after["tree"].items()
                         if before["tree"] and before["tree"].get(name) != version]
                removed = {(normal(it["name"]), it["version"]) for it in project["removed"]}
                wrong += [f"{name} {version} is left out by the plan and is installed"
                          for name, version in after["tree"].items() if (name, version) in removed]
                row |= {"slim": after["refusal"] or "accepted", "bytesAfter": after["bytes"],
                        "packagesAfter": len(after["tree"]), "wrong": wrong}
        return row


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


# rows


def depslim(folder, form, target, verify):
    """The report of depslim on one folder, its exit code and its errors."""
    command = [*DEPSLIM, "minimize", folder, "--format", "json", "--write", target, *(["--verify"] if verify else [])]
    if FORMS[form]:
        command += ["--exclude", FORMS[form]]
    started = time.monotonic()
    code, output, errors = run(command, ROOT)
    try:
        report = json.loads(output)
    except ValueError:
        report = {"plan": None}
    wrong = [line for line in errors.splitlines() if line.startswith(("error", "internal error"))]
    return code, report, wrong, round(time.monotonic() - started, 1)


def rows(what, folder, form, options):
    with tempfile.TemporaryDirectory(prefix="minimize-slim") as target:
        target = Path(target, "slim")
        code, report, errors, seconds = depslim(folder, form, target, not options.no_verify)
        plan = report.get("plan") or {"projects": [], "verified": []}
        found = False
        for project in plan["projects"]:
            if project.get("partOf") is not None or options.only not in (None, project["ecosystem"]):
                continue
            if options.root and project["path"] != ".":
                continue
            found = True
            verified = [it for it in plan["verified"]
                        if it["path"] == project["path"] and it["ecosystem"] == project["ecosystem"]]
            row = {"what": what, "form": form, "path": project["path"], "ecosystem": project["ecosystem"], "exit": code,
                   "errors": errors, "refused": project.get("refused"), "packagesPlanned": project.get("packages"),
                   "removed": len(project.get("removed") or []), "seconds": seconds,
                   "verified": None if not verified else all(it["accepted"] for it in verified),
                   "verifiedSays": [f"{it['message']}; missing {it['missing'][:4]}, unexpected {it['unexpected'][:4]}"
                                    for it in verified if not it["accepted"]]}
            project["verified"] = verified
            manager = {"npm": Npm, "pypi": Pip}[project["ecosystem"]]
            key = hashlib.sha256(f"{what} {project['path']} {manager.command} {options.full}".encode()).hexdigest()[:16]
            row |= manager.row(folder, project, target if target.exists() else None, options.full,
                               options.work / "originals" / f"{manager.__name__}-{key}.json")
            yield row
        if not found:
            yield {"what": what, "form": form, "path": ".", "ecosystem": options.only or "", "exit": code, "errors": errors,
                   "refused": "; ".join(errors) or "no project", "lock": "", "original": "–", "verified": None}


def table(kept):
    print("| repository | lock | list | packages | MB | npm ci / pip | as planned |")
    print("| --- | --- | --- | ---: | ---: | --- | --- |")
    for row in kept:
        place = row["what"] if row["path"] == "." else f"{row['what']} {row['path']}"
        print("| " + " | ".join([place, row["lock"], row["form"], change(row, "packages", 1), change(row, "bytes", 1e6),
                                  judged(row), planned(row)]) + " |")


def change(row, what, unit):
    before, after = row.get(f"{what}Before"), row.get(f"{what}After")
    text = lambda value: "–" if value is None else f"{value / unit:,.{0 if unit == 1 else 1}f}"
    return f"{text(before)} → {text(after)}"


def judged(row):
    if row.get("refused"):
        return f"refused; original: {row['original']}"
    if row["original"] != "accepted":
        return f"original: {row['original']}; slim: {row.get('slim', 'not written')}"
    return row.get("slim", "not written")


def planned(row):
    if row.get("refused") or "wrong" not in row:
        return "–"
    wrong = [*row["verifiedSays"], *row["wrong"]]
    return "yes" if not wrong else "NO: " + "; ".join(wrong[:2])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", nargs="*", metavar="WHAT", default=[str(Path(__file__).with_suffix(".txt"))])
    arguments.add_argument("--clones", type=Path, help="folder with clones of the repositories")
    arguments.add_argument("--work", type=Path, default=ROOT / "target" / "bench" / "minimize")
    arguments.add_argument("--only", choices=["npm", "pypi"])
    arguments.add_argument("--form", choices=FORMS, action="append")
    arguments.add_argument("--root", action="store_true", help="only the project at the folder itself, not those below")
    arguments.add_argument("--full", action="store_true", help="install the originals with devDependencies, too")
    arguments.add_argument("--no-verify", action="store_true", help="without depslim's own trial, which takes as long")
    arguments.add_argument("--dry-run", action="store_true",
                           help="npm ci --dry-run: npm reads, judges and tells what it would bring, nothing is unpacked")
    arguments.add_argument("--again", action="store_true", help="run what is in rows.jsonl already")
    arguments.add_argument("--table", action="store_true", help="run nothing, print the table of what is there")
    options = arguments.parse_args()
    if options.dry_run:
        Npm.dry, options.no_verify = ["--dry-run"], True
        options.work = options.work / "dry-run"
    options.work.mkdir(parents=True, exist_ok=True)
    store = options.work / "rows.jsonl"
    kept = [json.loads(line) for line in store.read_text().splitlines()] if store.exists() else []
    wanted = list(entries(options.what))
    forms = options.form or list(FORMS)
    for what in [] if options.table else wanted:
        folder = source(what, options.clones, options.work.parent if options.dry_run else options.work)
        for form in forms:
            old = [row for row in kept if (row["what"], row["form"]) == (what, form)
                   and options.only in (None, row["ecosystem"])]
            if old and not options.again:
                continue
            kept = [row for row in kept if row not in old]
            for row in rows(what, folder, form, options):
                say(f"{what} {row['path']} {form}: depslim {row['exit']}, original {row['original']}, "
                    f"slim {row.get('slim')}, {'; '.join([*row['errors'], *row.get('wrong', [])][:3])}")
                kept.append(row)
            store.write_text("".join(json.dumps(row) + "\n" for row in kept))
    order = {what: at for at, what in enumerate(wanted)}
    table(sorted((row for row in kept if row["what"] in order and row["form"] in forms
                  and options.only in (None, row["ecosystem"])),
                 key=lambda row: (order[row["what"]], row["path"], row["ecosystem"], row["form"])))


if __name__ == "__main__":
    main()
