#!/usr/bin/env python3
"""Compares what depslim reads in locks with what the package managers themselves list.

    DEPSLIM=target/depslim/bin/depslim src/bench/managers.py [--only KIND,…] [--differences N] FOLDER…

Every FOLDER is a git work tree or a plain folder. Its manifests and locks are copied, nothing else, so that no script
and no configuration of the project takes part; each lock is listed twice, whole and as a plain production install on
Linux (x86-64 or arm64), by depslim and by the manager that wrote it, without a network. Prints one row of a Markdown
table for each lock, and with `--differences` the first N packages that only one side has.

| lock | listed with |
| --- | --- |
| package-lock.json | `npm ls --all --json --long --package-lock-only`, `npm ci --dry-run --omit=dev` and, for arm64, `npm ls --omit=dev` |
| pnpm-lock.yaml | `pnpm list -r --lockfile-only --json --depth Infinity [--prod]`, pnpm 10 |
| yarn.lock | `yarn list --json --offline --frozen-lockfile [--production]` of Yarn 1, `yarn info -AR --json` of Yarn 2 and later |
| bun.lock | `bun pm ls --all`; it tells no scope |
| uv.lock | `uv export --frozen --offline --all-packages` with all groups and extras, or `--no-default-groups` |
| poetry.lock | `poetry show --all`, `poetry install --only main --dry-run` by the Python of poetry |
| pdm.lock | `pdm export -G :all`, `pdm install --prod --dry-run` |
| Pipfile.lock | `pipenv requirements --categories …`, `pipenv requirements` |

The managers come from the path; an environment variable of their name in capitals (`YARN="node yarn-4.js"`, `YARN1`, `YARN2`,
`YARN3`) takes another. What Python locks say only holds for a version of Python, so `.python-version` of the
copy names one that the project allows, and markers of the listings are evaluated for it by `packaging`.
A package that only other systems get (`os`, `cpu`) belongs to the whole list and not to production.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib

DEPSLIM = os.environ.get("DEPSLIM", "target/depslim/bin/depslim").split()
LOCKS = {"package-lock.json": "npm", "npm-shrinkwrap.json": "npm", "pnpm-lock.yaml": "pnpm", "yarn.lock": "yarn", "bun.lock": "bun",
         "uv.lock": "uv", "poetry.lock": "poetry", "pdm.lock": "pdm", "Pipfile.lock": "pipenv"}
COPIED = {*LOCKS, "package.json", "pnpm-workspace.yaml", "pyproject.toml", "Pipfile", "setup.cfg"}
PYTHONS = ("3.12", "3.11", "3.13", "3.10", "3.9", "3.8", "3.14", "3.7")
MACHINES = ("x86_64", "aarch64")
QUIET = {**os.environ, "npm_config_manage_package_manager_versions": "false", "YARN_ENABLE_TELEMETRY": "0", "NO_COLOR": "1",
         "YARN_ENABLE_COLORS": "0", "POETRY_VIRTUALENVS_CREATE": "false", "PIPENV_IGNORE_VIRTUALENVS": "1",
         "PIPENV_VENV_IN_PROJECT": "1", "PDM_CHECK_UPDATE": "0", "YARN_IGNORE_PATH": "1", "YARN_ENABLE_SCRIPTS": "0"}


class Unlisted(Exception):
    """The manager does not list this lock, and why."""


def tool(name, *arguments, cwd):
    command = shlex.split(os.environ.get(name.upper(), name)) + list(arguments)
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=200, env=QUIET, stdin=subprocess.DEVNULL)
    if done.returncode and not (arguments[0] == "ls" and done.stdout):
        said = (done.stderr.strip() or done.stdout.strip() or "no word").splitlines()
        raise Unlisted(f"`{' '.join([name, *arguments])}`: {said[-1][:160] if name != 'pnpm' else ' '.join(said)[:200]}")
    return done.stdout


def admits(values, wanted):
    """Whether `os` or `cpu` of a package admits one of the systems."""
    values = [values] if isinstance(values, str) else list(values or [])
    blocked = {value[1:] for value in values if value.startswith("!")}
    allowed = {value for value in values if not value.startswith("!")}
    return any(one not in blocked and (not allowed or one in allowed or "any" in allowed) for one in wanted)


def foreign(package):
    return not (admits(package.get("os"), ["linux"]) and admits(package.get("cpu"), ["x64", "arm64"]))


def npm(folder, lock):
    def listed(*omit):
        tree = json.loads(tool("npm", "ls", "--all", "--json", "--long", "--package-lock-only", *omit, cwd=folder))
        found, own, waiting = set(), set(), [tree]
        while waiting:
            for key, node in (waiting.pop().get("dependencies") or {}).items():
                waiting.append(node)
                package = (node.get("name", key), node.get("version"))
                aliases[key] = package[0]
                source = str(node.get("resolved", ""))
                if source.startswith("file:") and not source.endswith(("gz", ".tar")):
                    own.add(package)
                elif not node.get("missing") and ("version" in node or "name" in node) and not (
                        omit and foreign(node) and (node.get("optional") or node.get("devOptional"))):
                    found.add(package)
                    if node.get("cpu") or node.get("libc"):
                        machines.add(package)
        return found - own

    aliases, machines = {}, set()
    whole, production = listed(), listed("--omit=dev")
    try:
        said = tool("npm", "ci", "--dry-run", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    except Unlisted:
        return whole, production  # npm refuses a lock that does not belong to the manifest
    here = {(aliases.get(name, name), version) for name, version in re.findall(r"^add (\S+) (\S+)$", said, re.M)}
    return whole, here & whole | production & machines


def pnpm(folder, lock):
    if not re.search(r"^lockfileVersion: '?9", lock.read_text(), re.M):
        raise Unlisted("pnpm 10 lists locks of version 9 only")
    systems = {}
    for name, version, body in re.findall(r"^  '?/?(@?[^@\s']+)@([^(\s':]+)[^\n]*:\n((?:    .*\n)+)", lock.read_text(), re.M):
        for field, values in re.findall(r"^    (os|cpu): \[(.*)\]", body, re.M):
            systems.setdefault((name, version), {})[field] = [value.strip(" '\"") for value in values.split(",")]

    def listed(*only):
        found = set()
        waiting = json.loads(tool("pnpm", "list", "-r", "--lockfile-only", "--json", "--depth", "Infinity", *only, cwd=folder))
        while waiting:
            node = waiting.pop()
            for section in ("dependencies", "devDependencies", "optionalDependencies", "unsavedDependencies"):
                for name, child in (node.get(section) or {}).items():
                    waiting.append(child)
                    if not child["version"].startswith(("link:", "file:")):
                        found.add((child["from"], child["version"]))
        return {package for package in found if not only or not foreign(systems.get(package, {}))}
    return listed(), listed("--prod")


def yarn(folder, lock):
    text = lock.read_text()
    metadata = re.search(r"^__metadata:\s+version: (\d+)", text, re.M)
    if not metadata:
        return yarn_classic(folder, dict(re.findall(r'^"?([^"@\n]+)@npm:(@?[^@"\n]+)@', text, re.M)))
    version = int(metadata[1])
    return berry(folder, "yarn" if version >= 8 else "yarn3" if version >= 5 else "yarn2")


def yarn_classic(folder, aliases):
    def listed(*only):
        found = set()
        out = tool("yarn1", "list", "--json", "--no-progress", "--offline", "--frozen-lockfile", *only, cwd=folder)
        trees = [row for row in map(json.loads, out.splitlines()) if row["type"] == "tree"]
        waiting = list(trees[-1]["data"]["trees"])
        while waiting:
            node = waiting.pop()
            waiting.extend(node.get("children") or [])
            if not node.get("shadow"):
                name, version = node["name"].rsplit("@", 1)
                found.add((aliases.get(name, name), version))
        return found
    return listed(), listed("--production")


def berry(folder, name):
    nodes, roots = {}, []
    for line in tool(name, "info", "-AR", "--json", cwd=folder).splitlines():
        row = json.loads(line)
        nodes[row["value"]] = [child["locator"] for child in row["children"].get("Dependencies", [])]
        if "@workspace:" in row["value"]:
            roots.append(row["value"])

    def own(locator):
        return any(mark in locator for mark in ("@workspace:", "@link:", "@portal:"))

    def package(locator):
        plain = locator.split("::")[0]
        patched = re.match(r"(@?[^@]+)@patch:.*?@npm%3A([^#]+)", locator)
        return patched.groups() if patched else tuple(plain.replace("@npm:", "@").rsplit("@", 1))
    development = {}
    for root in roots:
        manifest = json.loads((folder / root.split("@workspace:")[1] / "package.json").read_text())
        production = {**manifest.get("dependencies", {}), **manifest.get("optionalDependencies", {}), **manifest.get("peerDependencies", {})}
        development[root] = set(manifest.get("devDependencies", {})) - set(production)
    everything = {package(one) for one in nodes if not own(one)}
    return everything, None


def bun(folder, lock):
    found, aliases = set(), {}
    for key, name in re.findall(r'^    "([^"]+)": \["(@?[^@"]+)@', lock.read_text(), re.M):
        aliases[re.split(r"/(?=@?[^/]+(?:/[^/]+)?$)", key)[-1] if not key.startswith("@") else key] = name
    for line in tool("bun", "pm", "ls", "--all", cwd=folder).splitlines()[1:]:
        name, _, version = line.lstrip("│├└─ ").rpartition("@")
        if name and not version.startswith(("workspace:", "link:", "file:")):
            found.add((aliases.get(name, name), version))
    return found, None


def requirements(text, python):
    """Names and versions of exported lines; of all, and of those whose marker holds on Linux."""
    everything, here = set(), set()
    for line in re.sub(r"\\\n", " ", text).splitlines():
        line = re.split(r"\s#|^#|\s--hash", line)[0].strip()
        if not line or line.startswith("-"):
            continue
        wanted, _, marker = line.partition(" ; ") if " ; " in line else line.partition(";")
        name, _, version = re.split(r"\s@\s", wanted)[0].partition("==")
        package = (canonicalize_name(name.split("[")[0].strip()), version.strip() or None)
        everything.add(package)
        for machine in MACHINES:
            for full in (python + ".0", python + ".99"):
                if not marker.strip() or Marker(marker.strip()).evaluate(environment(python, full, machine)):
                    here.add(package)
    return everything, here


def environment(python, full, machine):
    return {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": machine,
            "platform_python_implementation": "CPython", "implementation_name": "cpython", "implementation_version": full,
            "python_version": python, "python_full_version": full, "platform_release": "6.1.0", "platform_version": "#1 SMP",
            "extra": "", "extras": set(), "dependency_groups": set()}


def python_of(folder, lock):
    """A version of Python that the project allows, written into the copy for both sides."""
    required = ""
    try:
        manifest = tomllib.loads((folder / "pyproject.toml").read_text())
        required = manifest.get("project", {}).get("requires-python", "")
        required = required or (tomllib.loads(lock.read_text()).get("requires-python", "") if lock.name == "uv.lock" else "")
    except (OSError, tomllib.TOMLDecodeError):
        pass
    if lock.name == "Pipfile.lock":
        asked = json.loads(lock.read_text()).get("_meta", {}).get("requires", {})
        required = f"=={asked['python_version']}.*" if "python_version" in asked else ""
    try:
        allowed = SpecifierSet(required)
    except InvalidSpecifier:
        allowed = SpecifierSet("")
    chosen = next((one for one in PYTHONS if one + ".9" in allowed), "3.12")
    (folder / ".python-version").write_text(chosen + "\n")
    return chosen


def uv(folder, lock):
    python = python_of(folder, lock)
    plain = ("export", "--frozen", "--offline", "--quiet", "--no-hashes", "--no-header", "--no-annotate", "--no-emit-local",
             "--all-packages", "--no-python-downloads")
    try:
        whole = requirements(tool("uv", *plain, "--all-groups", "--all-extras", cwd=folder), python)[0]
    except Unlisted as why:
        if "conflicts" not in str(why):
            raise
        whole = requirements(tool("uv", *plain, "--all-groups", cwd=folder), python)[0] | requirements(
            tool("uv", *plain, "--no-default-groups", "--all-extras", cwd=folder), python)[0]
    return whole, requirements(tool("uv", *plain, "--no-default-groups", cwd=folder), python)[1]


def poetry(folder, lock):
    python_of(folder, lock)
    linked = {canonicalize_name(package["name"]) for package in tomllib.loads(lock.read_text()).get("package", [])
              if package.get("develop")}
    whole, production = set(), set()
    for name, version in re.findall(r"^(\S+) +(?:\(!\) +)?(\d\S*)", tool("poetry", "show", "--all", "--no-ansi", cwd=folder), re.M):
        whole.add((canonicalize_name(name), version))
    # 'poetry export' lists optional packages of old locks that an install leaves out
    said = tool("poetry", "install", "--only", "main", "--no-root", "--dry-run", "--no-ansi", "--no-interaction", cwd=folder)
    for name, version, rest in re.findall(r"^ +[-•] \w+ (\S+) \((?:\S+ -> )?([^ )]+)[^)]*\)(.*)", said, re.M):
        if "Not required" not in rest and "Not needed" not in rest:
            production.add((canonicalize_name(name), version))
    return ({package for package in whole if package[0] not in linked},
            {package for package in production if package[0] not in linked})


def pdm(folder, lock):
    python = python_of(folder, lock)
    whole = requirements(tool("pdm", "export", "--format", "requirements", "--without-hashes", "--group", ":all",
                              cwd=folder), python)[0]
    # 'pdm export' leaves out the markers of locks without the strategy inherit_metadata
    said = tool("pdm", "install", "--prod", "--no-self", "--dry-run", "--no-editable", "--frozen-lockfile", cwd=folder)
    production = {(canonicalize_name(name.split("[")[0]), version) for name, version in re.findall(r"^ +- (\S+) (\d\S*)", said, re.M)}
    return whole, production


def pipenv(folder, lock):
    python = python_of(folder, lock)
    sections = [{"default": "packages", "develop": "dev-packages"}.get(key, key)
                for key in json.loads(lock.read_text()) if key != "_meta"]
    whole = requirements(tool("pipenv", "requirements", "--categories", " ".join(sections), cwd=folder), python)[0]
    return whole, requirements(tool("pipenv", "requirements", cwd=folder), python)[1]


def copied(source, target):
    """The manifests and locks of a work tree; without what asks for another version of the manager."""
    inside = subprocess.run(["git", "-C", source, "ls-files", "-z"], capture_output=True, text=True)
    listed = inside.stdout.split("\0") if inside.returncode == 0 and inside.stdout else [
        str(path.relative_to(source)) for path in source.rglob("*") if "node_modules" not in path.parts]
    for name in listed:
        path, copy = source / name, target / name
        if path.name in COPIED and path.is_file() and "node_modules" not in path.parts:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            if path.name == "package.json":
                try:
                    manifest = json.loads(path.read_text())
                    for key in ("engines", "packageManager", "devEngines"):
                        manifest.pop(key, None)
                    copy.write_text(json.dumps(manifest))
                except (ValueError, AttributeError):
                    pass


def resolved(folder):
    """What depslim reads: for each lock everything, and what is in production."""
    out = folder.parent / (folder.name + ".json")
    subprocess.run([*DEPSLIM, "analyze", str(folder), "--format", "json", "-o", str(out), "--force"], check=True, capture_output=True)
    locks = {}
    for project in json.loads(out.read_text())["projects"]:
        for row in project["resolved"]:
            name = canonicalize_name(row["name"]) if project["ecosystem"] == "pypi" else row["name"]
            everything, production = locks.setdefault(row["lockfile"], (set(), set()))
            everything.add((name, row["version"]))
            if row["inProduction"]:
                production.add((name, row["version"]))
    return locks


def loose(ours, theirs):
    """Both sets without what both name and one gives no version that could be compared (repositories, archives, folders)."""
    comparable = re.compile(r"\d[\w.+!-]*$")
    only, other = ours - theirs, theirs - ours
    for mine, all_yours in ((only, theirs), (other, ours)):
        for package in list(mine):
            twins = [twin for twin in all_yours if twin[0] == package[0]]
            if twins and (not comparable.match(package[1] or "") or any(not comparable.match(twin[1] or "") for twin in twins)):
                mine.discard(package)
    return sorted(only, key=str), sorted(other, key=str)


def verdict(ours, theirs, show):
    if theirs is None:
        return "not told"
    only, other = loose(ours, theirs)
    if not only and not other:
        return "equal"
    names = lambda rows: ", ".join(f"{name}@{version}" for name, version in rows[:show])
    shown = f": depslim only [{names(only)}], manager only [{names(other)}]" if show else ""
    return f"{len(only)} more, {len(other)} less{shown}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument("--only", type=lambda text: text.split(","), help="npm,pnpm,yarn,bun,uv,poetry,pdm,pipenv")
    arguments.add_argument("--differences", type=int, default=0)
    arguments.add_argument("--work", type=Path)
    options = arguments.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="depslim-managers-"))
    print("| lock | packages | whole | production | |\n| --- | ---: | --- | --- | --- |")
    differ = False
    for source in options.folders:
        folder = work / source.name
        copied(source, folder)
        found = [path for path in sorted(folder.rglob("*")) if path.name in LOCKS and (
            not options.only or LOCKS[path.name] in options.only)]
        listings = {}
        for lock in found:
            try:
                listings[lock] = globals()[LOCKS[lock.name]](lock.parent, lock)
            except (Unlisted, subprocess.TimeoutExpired, KeyError, ValueError, OSError) as why:
                listings[lock] = why
        ours = resolved(folder) if found else {}
        for lock, listing in listings.items():
            name = f"{source.name.replace('+', '/')} {lock.relative_to(folder)}"
            whole, production = ours.get(str(lock.relative_to(folder)), (set(), set()))
            if isinstance(listing, Exception):
                print(f"| {name} | {len(whole):,} | – | – | not listed: {listing} |", flush=True)
                continue
            said = [verdict(whole, listing[0], options.differences), verdict(production, listing[1], options.differences)]
            differ |= said != ["equal", "equal"]
            print(f"| {name} | {len(whole):,} | {said[0]} | {said[1]} | {len(production):,} in production |", flush=True)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
