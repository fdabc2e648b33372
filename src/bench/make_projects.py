#!/usr/bin/env python3
"""Makes projects larger than most, always the same: locks of many megabytes in each format, or a tree of many projects.

    src/bench/make_projects.py {npm,yarn,pnpm,uv,poetry} FOLDER MEGABYTES
    src/bench/make_projects.py many FOLDER COUNT
"""

import json
import random
import sys
from pathlib import Path

from registry import Registry, reached

HOST = {"npm": "https://npmjs.example", "pypi": "https://pythonhosted.example/packages"}
INDEX = "https://pypi.example/simple"


def grown(registry, megabytes, build, per_package):
    """Declares more and more until what `build` makes of it is large enough."""
    order = registry.direct()
    count = max(20, int(megabytes * 80))
    while True:
        direct = [("dependencies" if i % 3 else "devDependencies", package, len(package.releases) - 1)
                  for i, package in enumerate(order[:count])]
        text = build(direct)
        if len(text) >= megabytes * 1e6 or count >= len(order):
            return direct, text
        count = min(len(order), max(count + 5, int(count * min(2, megabytes * 1e6 / len(text)) * 1.02)))


def tarball(release):
    name = release.package.name
    return f"{HOST['npm']}/{name}/-/{name.rsplit('/', 1)[-1]}-{release.version}.tgz"


def manifest(direct, folder):
    sections = {"dependencies": {}, "devDependencies": {}}
    for kind, package, version in direct:
        sections[kind][package.name] = "^" + package.releases[version].version
    root = {"name": "big", "version": "1.0.0", **{name: dict(sorted(part.items())) for name, part in sections.items()}}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(json.dumps(root, indent=2) + "\n")
    return root


def placed(direct):
    """Folder → release, as npm lays packages out: as high as no other version of the name stands in the way."""
    tree = {"": {}}
    releases = {}
    parents = {"": None}
    waiting = [("", direct)]
    for folder, needs in waiting:
        for _, package, version in sorted(needs, key=lambda need: need[1].name):
            release = package.releases[version]
            at, place, found = folder, folder, None
            while at is not None:
                found = tree[at].get(package.name)
                if found is not None:
                    break
                place, at = at, parents[at]
            if found is release:
                continue
            if found is not None and at == folder:
                continue  # its own folder has another version: npm would not lock that
            tree[place][package.name] = release
            child = (place + "/" if place else "") + "node_modules/" + package.name
            tree[child], parents[child], releases[child] = {}, place, release
            waiting.append((child, release.needs))
    return releases


def npm_entry(release, dev):
    entry = {"version": release.version, "resolved": tarball(release), "integrity": "sha512-" + release.sha512}
    if dev:
        entry["dev"] = True
    if release.platform:
        entry.update({"cpu": ["x64"], "os": ["linux"], "optional": True})
    entry["license"] = release.license
    if release.bin:
        entry["bin"] = {release.package.name.rsplit("/", 1)[-1]: "bin/cli.js"}
    for kind, package, version in release.needs:
        entry.setdefault(kind, {})[package.name] = "^" + package.releases[version].version
    if release.engine:
        entry["engines"] = {"node": release.engine}
    if "peerDependencies" in entry:
        entry["peerDependenciesMeta"] = {name: {"optional": True} for name in entry["peerDependencies"]}
    return entry


def npm(folder, megabytes):
    registry = Registry(int(megabytes * 700) + 200, True, True)
    root = {}

    def build(direct):
        root.update(manifest(direct, folder))
        production = {id(r) for r in reached([need for need in direct if need[0] == "dependencies"])}
        packages = {"": root}
        for place, release in sorted(placed(direct).items()):
            packages[place] = npm_entry(release, id(release) not in production)
        lock = {"name": "big", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": packages}
        return json.dumps(lock, indent=2) + "\n"

    (folder / "package-lock.json").write_text(grown(registry, megabytes, build, 450)[1])


def ranges(direct, releases):
    """Release → the `name@range` by which it is asked for."""
    asked = {}
    for _, package, version in [*direct, *(need for release in releases for need in release.needs)]:
        release = package.releases[version]
        asked.setdefault(id(release), set()).add(f"{package.name}@^{release.version}")
    return asked


def yarn(folder, megabytes):
    registry = Registry(int(megabytes * 6_000) + 200, True, True)

    def quoted(text):
        return f'"{text}"' if text.startswith("@") else text

    def build(direct):
        manifest(direct, folder)
        releases = reached(direct)
        asked = ranges(direct, releases)
        out = ["# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.\n# yarn lockfile v1\n\n"]
        for release in releases:
            keys = ", ".join(quoted(key) for key in sorted(asked[id(release)]))
            out.append(f'\n{keys}:\n  version "{release.version}"\n  resolved "{tarball(release)}#{release.sha256[:40]}"\n'
                       f'  integrity sha512-{release.sha512}\n')
            for kind in ("dependencies", "optionalDependencies"):
                needs = [need for need in release.needs if need[0] == kind]
                out.append(f"  {kind}:\n" if needs else "")
                out += [f'    {quoted(p.name)} "^{p.releases[v].version}"\n' for _, p, v in needs]
        return "".join(out)

    (folder / "yarn.lock").write_text(grown(registry, megabytes, build, 420)[1])


def pnpm(folder, megabytes):
    registry = Registry(int(megabytes * 5_000) + 200, True, True)

    def key(release):
        text = f"{release.package.name}@{release.version}"
        return f"'{text}'" if text.startswith("@") else text

    def name(package):
        return f"'{package.name}'" if package.name.startswith("@") else package.name

    def build(direct):
        manifest(direct, folder)
        releases = reached(direct)
        out = ["lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n  excludeLinksFromLockfile: false\n\n"
               "importers:\n\n  .:\n"]
        for kind in ("dependencies", "devDependencies"):
            out.append(f"    {kind}:\n")
            for _, package, version in sorted((n for n in direct if n[0] == kind), key=lambda need: need[1].name):
                at = package.releases[version].version
                out.append(f"      {name(package)}:\n        specifier: ^{at}\n        version: {at}\n")
        out.append("\npackages:\n\n")
        for release in releases:
            out.append(f"  {key(release)}:\n    resolution: {{integrity: sha512-{release.sha512}}}\n")
            if release.engine:
                out.append(f"    engines: {{node: '{release.engine}'}}\n")
            if release.platform:
                out.append("    cpu: [x64]\n    os: [linux]\n")
            out.append("    hasBin: true\n\n" if release.bin else "\n")
        out.append("snapshots:\n\n")
        for release in releases:
            needs = [need for need in release.needs if need[0] != "peerDependencies"]
            out.append(f"  {key(release)}:{'' if needs else ' {}'}\n")
            for kind in ("dependencies", "optionalDependencies"):
                some = sorted((n for n in needs if n[0] == kind), key=lambda need: need[1].name)
                out.append(f"    {kind}:\n" if some else "")
                out += [f"      {name(p)}: {p.releases[v].version}\n" for _, p, v in some]
            out.append("\n")
        return "".join(out)

    (folder / "pnpm-lock.yaml").write_text(grown(registry, megabytes, build, 400)[1])


def pyproject(direct, folder, poetry):
    own = [package.name for kind, package, _ in direct if kind == "dependencies"]
    dev = [package.name for kind, package, _ in direct if kind != "dependencies"]
    folder.mkdir(parents=True, exist_ok=True)
    if poetry:
        lines = lambda names: "".join(f'{name} = "*"\n' for name in sorted(names))
        text = (f'[tool.poetry]\nname = "big"\nversion = "1.0.0"\ndescription = ""\nauthors = []\n\n'
                f'[tool.poetry.dependencies]\npython = ">=3.11"\n{lines(own)}\n[tool.poetry.group.dev.dependencies]\n{lines(dev)}')
    else:
        lines = lambda names: "".join(f'    "{name}",\n' for name in sorted(names))
        text = (f'[project]\nname = "big"\nversion = "1.0.0"\nrequires-python = ">=3.11"\ndependencies = [\n{lines(own)}]\n\n'
                f'[dependency-groups]\ndev = [\n{lines(dev)}]\n')
    (folder / "pyproject.toml").write_text(text)
    return own, dev


def files(release):
    """File name, hash and size of the archive and of each wheel."""
    stem = f"{release.package.name.replace('-', '_')}-{release.version}"
    return [(f"{stem}.tar.gz", release.sha256, release.wheels[0][2] // 2),
            *((f"{stem}-{tag}.whl", digest, size) for tag, digest, size in release.wheels)]


def uv(folder, megabytes):
    registry = Registry(int(megabytes * 1_500) + 200, False, False)

    def build(direct):
        own, dev = pyproject(direct, folder, False)
        out = ['version = 1\nrevision = 3\nrequires-python = ">=3.11"\n']
        lines = lambda names: "".join(f'    {{ name = "{name}" }},\n' for name in sorted(names))
        out.append(f'\n[[package]]\nname = "big"\nversion = "1.0.0"\nsource = {{ virtual = "." }}\ndependencies = [\n{lines(own)}]\n'
                   f'\n[package.dev-dependencies]\ndev = [\n{lines(dev)}]\n'
                   f'\n[package.metadata]\nrequires-dist = [\n{lines(own)}]\n\n[package.metadata.requires-dev]\ndev = [\n{lines(dev)}]\n')
        for release in reached(direct):
            out.append(f'\n[[package]]\nname = "{release.package.name}"\nversion = "{release.version}"\n'
                       f'source = {{ registry = "{INDEX}" }}\n')
            if release.needs:
                out.append("dependencies = [\n")
                out += [f'    {{ name = "{p.name}"' + (", marker = \"sys_platform == 'win32'\"" if kind[0] == "o" else "")
                        + " },\n" for kind, p, _ in sorted(release.needs, key=lambda need: need[1].name)]
                out.append("]\n")
            (archive, digest, size), *wheels = files(release)
            place = lambda digest: f"{HOST['pypi']}/{digest[:2]}/{digest[2:4]}/{digest[4:]}"
            out.append(f'sdist = {{ url = "{place(digest)}/{archive}", hash = "sha256:{digest}", size = {size}, '
                       f'upload-time = "2025-03-11T09:14:01.{size % 1000:03}Z" }}\nwheels = [\n')
            out += [f'    {{ url = "{place(d)}/{name}", hash = "sha256:{d}", size = {s}, '
                    f'upload-time = "2025-03-11T09:13:58.{s % 1000:03}Z" }},\n' for name, d, s in wheels]
            out.append("]\n")
        return "".join(out)

    (folder / "uv.lock").write_text(grown(registry, megabytes, build, 1_900)[1])


def poetry(folder, megabytes):
    registry = Registry(int(megabytes * 2_000) + 200, False, False)

    def build(direct):
        own, _ = pyproject(direct, folder, True)
        named = set(own)
        main = {id(r) for r in reached([need for need in direct if need[1].name in named])}
        out = []
        for release in reached(direct):
            out.append(f'[[package]]\nname = "{release.package.name}"\nversion = "{release.version}"\n'
                       f'description = "Made of {release.package.name.replace("-", " ")}"\noptional = false\n'
                       f'python-versions = ">=3.8"\ngroups = ["{"main" if id(release) in main else "dev"}"]\nfiles = [\n')
            out += [f'    {{file = "{name}", hash = "sha256:{digest}"}},\n' for name, digest, _ in files(release)]
            out.append("]\n")
            if release.needs:
                out.append("\n[package.dependencies]\n")
                out += [f'{p.name} = ">={p.releases[v].version}"\n' for _, p, v in release.needs]
            out.append("\n")
        out.append(f'[metadata]\nlock-version = "2.1"\npython-versions = ">=3.11"\ncontent-hash = "{"0" * 64}"\n')
        return "# This file is automatically @generated by Poetry 2.1.1 and should not be changed by hand.\n\n" + "".join(out)

    (folder / "poetry.lock").write_text(grown(registry, megabytes, build, 1_500)[1])


def many(folder, count):
    """`count` folders of one manifest each: package.json, pyproject.toml and requirements files, every tenth with a lock."""
    draw = random.Random(7)
    npm_names = Registry(2_000, True, True)
    pypi_names = [package.name for package in Registry(600, False, False).packages]
    for i in range(count):
        home = folder / f"team{i % 20}" / f"service{i}"
        home.mkdir(parents=True, exist_ok=True)
        if i % 5 < 3:
            direct = [("dependencies" if j < 15 else "devDependencies", package, 0)
                      for j, package in enumerate(draw.sample(npm_names.packages, 25))]
            root = manifest(direct, home)
            if i % 10 == 0:
                packages = {"": root, **{place: npm_entry(release, False) for place, release in placed(direct).items()}}
                (home / "package-lock.json").write_text(json.dumps({"lockfileVersion": 3, "packages": packages}, indent=2))
        elif i % 5 == 3:
            direct = [("dependencies" if j < 12 else "dev", package, 0)
                      for j, package in enumerate(draw.sample(npm_names.packages, 14))]
            pyproject([(kind, type(p)(draw.choice(pypi_names)), 0) for kind, p, _ in direct], home, False)
        else:
            (home / "requirements.txt").write_text(
                "".join(f"{name}==1.{draw.randrange(9)}.0\n" for name in draw.sample(pypi_names, 15)))


MAKERS = {"npm": npm, "yarn": yarn, "pnpm": pnpm, "uv": uv, "poetry": poetry, "many": many}


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in MAKERS:
        sys.exit(__doc__)
    MAKERS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
