#!/usr/bin/env python3
"""Makes projects larger than most: one lock of many megabytes, or a tree of many small projects.

The content is that of a real lock, taken as often as needed, each time under names of its own, so that lengths,
nesting and edges are those of real life.
"""

import json
import random
import re
from pathlib import Path


def npm_lock(source, folder, megabytes):
    """A package.json and a package-lock.json (version 3) made of copies of a real one, 50 to a root dependency tree."""
    real = json.loads(source.read_text())
    packages = real["packages"]
    own = packages[""]
    sections = ("dependencies", "devDependencies", "optionalDependencies")
    root = {"name": "big", "version": "1.0.0", **{section: {} for section in sections}}
    out = {"": root}
    size, copy = 0, 0
    entry_bytes = {path: len(json.dumps(entry, indent=2)) + len(path) + 12 for path, entry in packages.items()}
    while size < megabytes * 1_000_000:
        copy += 1
        rename = lambda name: f"{name}-{copy}"
        for path, entry in packages.items():
            if path == "" or not path.startswith("node_modules/"):
                continue
            place = "/".join(
                f"node_modules/{rename(part.strip('/'))}" for part in path.split("node_modules/") if part)
            made = dict(entry)
            for section in (*sections, "peerDependencies"):
                if section in made:
                    made[section] = {rename(name): spec for name, spec in made[section].items()}
            if "peerDependenciesMeta" in made:
                made["peerDependenciesMeta"] = {rename(n): v for n, v in made["peerDependenciesMeta"].items()}
            if "resolved" in made:
                made["resolved"] = re.sub(r"/-/(.*)-", lambda m: f"-{copy}/-/{m[1]}-{copy}-", made["resolved"], count=1)
            out[place] = made
            size += entry_bytes[path] + 20
        for section in sections:
            root[section].update({rename(name): spec for name, spec in own.get(section, {}).items()})
    folder.mkdir(parents=True, exist_ok=True)
    lock = {"name": "big", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": out}
    (folder / "package-lock.json").write_text(json.dumps(lock, indent=2) + "\n")
    (folder / "package.json").write_text(json.dumps(root, indent=2) + "\n")
    return folder / "package-lock.json"


def uv_lock(source, folder, megabytes):
    """A pyproject.toml and a uv.lock made of copies of a real one; the first package without a registry is the root."""
    text = source.read_text()
    head, *entries = re.split(r"(?m)^(?=\[\[package\]\]\n)", text)
    head = re.sub(r"(?ms)^\[manifest\].*", "", head)
    registry = [e for e in entries if 'source = { registry =' in e]
    names = {re.search(r'^name = "(.*)"', e, re.M)[1] for e in registry}
    wanted = sorted(names)
    parts, size, copy, direct = [head.rstrip() + "\n"], len(head), 0, []
    while size < megabytes * 1_000_000:
        copy += 1

        def rename(match, copy=copy):
            return f'{match[1]}{match[2]}-{copy}"' if match[2] in names else match[0]

        for entry in registry:
            made = re.sub(r'((?:^|\{ )name = ")([^"]*)"', rename, entry, flags=re.M)
            made = re.sub(r"(?m)^    \{ name = \"(?:%s)\".*\n" % "|".join(map(re.escape, missing(entry, names))), "", made)
            parts.append("\n" + made.strip() + "\n")
            size += len(made) + 1
        direct += [f"{name}-{copy}" for name in wanted]
    lines = "".join(f'    {{ name = "{name}" }},\n' for name in direct)
    parts.append(f'\n[[package]]\nname = "big"\nversion = "1.0.0"\nsource = {{ virtual = "." }}\n'
                 f"dependencies = [\n{lines}]\n")
    requires = "".join(f'    {{ name = "{name}" }},\n' for name in direct)
    parts.append(f"\n[package.metadata]\nrequires-dist = [\n{requires}]\n")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "uv.lock").write_text("".join(parts))
    python = re.search(r'requires-python = "(.*)"', head)
    listed = "".join(f'    "{name}",\n' for name in direct)
    (folder / "pyproject.toml").write_text(
        f'[project]\nname = "big"\nversion = "1.0.0"\nrequires-python = "{python[1] if python else ">=3.10"}"\n'
        f"dependencies = [\n{listed}]\n")
    return folder / "uv.lock"


def missing(entry, names):
    found = set(re.findall(r'(?m)^    \{ name = "([^"]*)"', entry))
    return sorted(found - names) or ["-"]


def many(lock, folder, count):
    """`count` manifests in as many folders: package.json, pyproject.toml and requirements files, every tenth with a lock."""
    choice = random.Random(7)
    real = json.loads(lock.read_text())
    npm = sorted({p.rsplit("node_modules/", 1)[1]: e.get("version", "1.0.0")
                  for p, e in real["packages"].items() if "node_modules/" in p}.items())
    pypi = ["fastapi", "uvicorn", "sqlalchemy", "alembic", "pydantic", "httpx", "redis", "celery", "numpy", "pandas",
            "torch", "pytest", "ruff", "mypy", "jinja2", "click", "rich", "boto3", "requests", "django"]
    for i in range(count):
        home = folder / f"team{i % 20}" / f"service{i}"
        home.mkdir(parents=True, exist_ok=True)
        kind = i % 5
        if kind < 3:
            own = dict(choice.sample(npm, 25))
            runtime = {n: "^" + v for n, v in list(own.items())[:15]}
            dev = {n: "^" + v for n, v in list(own.items())[15:]}
            (home / "package.json").write_text(json.dumps(
                {"name": f"@acme/service{i}", "version": "1.0.0", "dependencies": runtime, "devDependencies": dev},
                indent=2))
            if i % 10 == 0:
                packages = {"": {"dependencies": runtime, "devDependencies": dev}}
                for name, version in choice.sample(npm, 400) + list(own.items()):
                    packages[f"node_modules/{name}"] = {
                        "version": version, "resolved": f"https://npmjs.example/{name}/-/x-{version}.tgz",
                        "integrity": "sha512-" + "A" * 86 + "==",
                        "dependencies": {n: "^" + v for n, v in choice.sample(npm, 3)}}
                (home / "package-lock.json").write_text(json.dumps(
                    {"lockfileVersion": 3, "packages": packages}, indent=2))
        elif kind == 3:
            listed = "".join(f'  "{name}>=1.{choice.randrange(9)}",\n' for name in choice.sample(pypi, 12))
            (home / "pyproject.toml").write_text(
                f'[project]\nname = "service{i}"\nversion = "1"\ndependencies = [\n{listed}]\n\n'
                f'[dependency-groups]\ndev = ["pytest", "ruff"]\n')
        else:
            (home / "requirements.txt").write_text(
                "".join(f"{name}==1.{choice.randrange(9)}.0\n" for name in choice.sample(pypi, 15)))
    return folder
