"""A made-up registry, for locks as large as wanted and as tangled as real ones.

Packages have names of one to three words, a third of them in scopes; several versions; and requirements that follow
popularity: a few packages are needed by thousands, most by few (Zipf). Everything is drawn from one seed, so a size gives
the same bytes each time. Hashes are random, as real ones are: nothing repeats but what repeats in real locks.
"""

import base64
import random
from collections import deque

SYLLABLES = ("ka re mi to lu san ver dex pro bin gra fil zo net par ser lin ter com pac bel nor tic fra mol qui wen sta "
             "hub jet vas cor dil ume ops yar rix").split()
ENGINES = [">=6.9.0", ">=10", ">= 0.4", "^14.17.0 || ^16.13.0 || >=18.0.0", ">=18", "node >= 12.22"]
LICENSES = ["MIT"] * 14 + ["ISC", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0"]


class Release:
    """One version of a package. `needs` are (kind, package, index of the wanted version)."""

    __slots__ = ("package", "version", "needs", "sha512", "sha256", "license", "engine", "bin", "platform", "wheels")

    def __init__(self, package, version, draw):
        self.package, self.version, self.needs = package, version, []
        self.sha512 = base64.b64encode(draw.randbytes(64)).decode()
        self.license = draw.choice(LICENSES)
        self.engine = draw.choice(ENGINES) if draw.random() < 0.7 else None
        self.bin = draw.random() < 0.08
        self.platform = draw.random() < 0.03
        self.wheels = [(tag, draw.randbytes(32).hex(), draw.randrange(4_000, 9_000_000)) for tag in
                       (["py3-none-any"] if draw.random() < 0.7 else
                        [f"cp3{minor}-cp3{minor}-{platform}" for minor in (11, 12, 13) for platform in
                         ("macosx_11_0_arm64", "manylinux_2_17_x86_64.manylinux2014_x86_64",
                          "manylinux_2_17_aarch64.manylinux2014_aarch64", "musllinux_1_2_x86_64", "win_amd64")])]
        self.sha256 = draw.randbytes(32).hex()


class Package:
    __slots__ = ("name", "releases")

    def __init__(self, name):
        self.name, self.releases = name, []


class Registry:
    """`scopes` is whether names may be `@scope/name`; `copies` whether one name may be installed in several versions."""

    def __init__(self, count, scopes, copies, seed=7):
        draw = self.draw = random.Random(seed)
        names = set()
        while len(names) < count:
            words = ["".join(draw.choices(SYLLABLES, k=draw.choice((2, 2, 3)))) for _ in range(draw.choice((1, 1, 2, 2, 3)))]
            name = "-".join(words)
            names.add(f"@{words[0]}/{name}" if scopes and draw.random() < 0.3 else name)
        self.packages = [Package(name) for name in sorted(names)]
        draw.shuffle(self.packages)
        for rank, package in enumerate(self.packages):
            majors = draw.choice((1, 1, 1, 2, 2, 3)) if copies else 1
            for major in range(majors):
                version = f"{major + draw.randrange(1, 4) * (major > 0)}.{draw.randrange(30)}.{draw.randrange(12)}"
                release = Release(package, version, draw)
                package.releases.append(release)
                # Only on what is more popular: chains end, and what everybody needs is small. Some look back.
                for _ in range(min(rank, int(draw.expovariate(1 / 4)))):
                    to = self.packages[int(rank * draw.random() ** 1.7)]
                    if to is not package and all(other is not to for _, other, _ in release.needs):
                        kind = draw.choices(("dependencies", "peerDependencies", "optionalDependencies"), (90, 7, 3))[0]
                        release.needs.append((kind, to, draw.randrange(len(to.releases))))

    def direct(self):
        """Packages in the order in which projects come to declare them: rarely known ones first."""
        return sorted(self.packages, key=lambda _: self.draw.random() ** 2)


def reached(direct):
    """Releases that a list of (kind, package, version index) brings, in the order of their names."""
    seen, waiting = {}, deque(direct)
    while waiting:
        _, package, version = waiting.popleft()
        release = package.releases[version]
        if id(release) not in seen:
            seen[id(release)] = release
            waiting.extend(release.needs)
    return sorted(seen.values(), key=lambda release: (release.package.name, release.version))
