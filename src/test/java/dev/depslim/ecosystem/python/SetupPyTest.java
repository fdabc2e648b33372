package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupPyTest {
  private static Manifest read(String text) {
    MemoryFiles files = new MemoryFiles().with("setup.py", text);
    return ManifestRows.read(new SetupPy(), files, "setup.py");
  }

  @Test
  void literalArgumentsAreRead() {
    Manifest manifest =
        read(
            """
            #!/usr/bin/env python
            from setuptools import setup, find_packages
            setup(
                name='My.App',
                packages=find_packages(exclude=["tests"]),
                install_requires=[
                    'requests>=2,<3',  # why
                    "idna" ">=2",
                    'my-app[dev]',
                ],
                extras_require={
                    'dev': ('black',),
                    ':python_version<"3.8"': ['typing-extensions'],
                    'socks:sys_platform == "win32"': 'PySocks; python_version > "3"',
                },
                tests_require="pytest\\nmock",
                setup_requires=["wheel"],
            )
            """);
    assertEquals(
        List.of(
            "7:10 requests >=2,<3 RUNTIME null",
            "8:10 idna >=2 RUNTIME null",
            "12:18 black  OPTIONAL dev",
            "13:36 typing-extensions  RUNTIME null ; python_version<\"3.8\"",
            "14:43 PySocks  OPTIONAL socks"
                + " ; (python_version > \"3\") and (sys_platform == \"win32\")",
            "16:20 pytest  TEST tests_require",
            "17:1 mock  TEST tests_require",
            "17:22 wheel  BUILD setup_requires"),
        ManifestRows.of(manifest));
    assertEquals("My.App", manifest.name());
    assertEquals(List.of(), ManifestRows.issues(manifest));
  }

  @Test
  void namesOfTheModuleAreFollowed() {
    Manifest manifest =
        read(
            """
            NUMPY: str = "1.26"
            base = ["a==%s" % NUMPY, f"b>={NUMPY}"] + \\
                ["c"]
            base += ("d",)
            if True:
                base.append("e")
            extras = dict(x=["f"])
            extras["y"] = base + ["g"]
            extras.update(z=[*extras["x"], "h"])
            def helper():
                base = ["no"]
            kwargs = {"install_requires": base, **{"extras_require": extras}}
            if __name__ == "__main__":
                setuptools.setup(**kwargs)
            """);
    assertEquals(
        List.of(
            "2:10 a ==1.26 RUNTIME null",
            "2:28 b >=1.26 RUNTIME null",
            "3:7 c  RUNTIME null",
            "4:11 d  RUNTIME null",
            "6:18 e  RUNTIME null",
            "7:19 f  OPTIONAL x",
            "2:10 a ==1.26 OPTIONAL y",
            "2:28 b >=1.26 OPTIONAL y",
            "3:7 c  OPTIONAL y",
            "4:11 d  OPTIONAL y",
            "6:18 e  OPTIONAL y",
            "8:24 g  OPTIONAL y",
            "7:19 f  OPTIONAL z",
            "9:33 h  OPTIONAL z"),
        ManifestRows.of(manifest));
    assertEquals(List.of(), ManifestRows.issues(manifest));
  }

  @Test
  void whatIsComputedIsSaidWithItsPlace() {
    Manifest manifest =
        read(
            """
            with open("requirements.txt") as f:
                required = f.read().splitlines()
            setup(
                install_requires=required,
                tests_require=[line.strip() for line in open("test.txt")],
                extras_require={"all": ["a", "b" if x else "c"], name: []},
                **more
            )
            """);
    assertEquals(List.of("6:30 a  OPTIONAL all"), ManifestRows.of(manifest));
    String rest = " is computed and not read: declare it in pyproject.toml, or as a literal list";
    assertEquals(
        List.of(
            "setup.py:2:16: warning: install_requires" + rest,
            "setup.py:5:20: warning: tests_require" + rest,
            "setup.py:6:34: warning: the extra 'all'" + rest,
            "setup.py:6:54: warning: an extra" + rest,
            "setup.py:7:5: warning: what '**' passes to setup()" + rest),
        ManifestRows.issues(manifest));
  }

  @Test
  void linesOfATextAreRequirements() {
    Manifest manifest =
        read(
            """
            requires = '''
            a>=1
              b
            '''.strip().splitlines()
            setup(install_requires=requires, setup_requires="x y".split())
            """);
    assertEquals(
        List.of(
            "2:1 a >=1 RUNTIME null",
            "3:3 b  RUNTIME null",
            "5:50 x  BUILD setup_requires",
            "5:50 y  BUILD setup_requires"),
        ManifestRows.of(manifest));
  }

  @Test
  void brokenSourceIsAnIssueAndTheRestCounts() {
    Manifest manifest =
        read("x = 'open\nsetup(install_requires=['a', 'b c', 3])\nsetup(install_requires={\n");
    assertEquals(List.of("2:26 a  RUNTIME null"), ManifestRows.of(manifest));
    assertEquals(
        List.of(
            "setup.py:1:5: error: the text in quotes is not closed: close it",
            "setup.py:3:6: error: this bracket is not closed: close it",
            "setup.py:2:33: error: 'b c' in install_requires is no requirement: expected a version"
                + " operator such as '==', '@' and a URL, ';' and a marker, or the end",
            "setup.py:3:24: error: install_requires must be a list of requirements"),
        ManifestRows.issues(manifest));
  }

  @Test
  void deepNestingIsComputedAndItsBracketIsNotClosed() {
    Manifest manifest = read("setup(install_requires=" + "[".repeat(50_000));
    assertEquals(List.of(), ManifestRows.of(manifest));
    assertEquals(2, manifest.issues().size());
  }

  private static Manifest read(String text, String... paths) {
    MemoryFiles files = new MemoryFiles().with("setup.py", text);
    for (String path : paths) {
      files = files.with(path, "x\n");
    }
    return ManifestRows.read(new SetupPy(), files, "setup.py");
  }

  @Test
  void argumentsBehindWhatIsNotKnownAreRead() {
    Manifest manifest =
        read(
            """
            setup(
                packages=setuptools.find_packages(where="src", exclude=("x",)),
                long_description="\\n".join(DOC[2:]), version=about["version"],
                cmdclass={**a.b(c=1), "x": lambda y: {1: 2}}, install_requires=["a"],
            )
            """);
    assertEquals(List.of("4:70 a  RUNTIME null"), ManifestRows.of(manifest));
    assertEquals(List.of(), ManifestRows.issues(manifest));
  }

  @Test
  void requirementFilesThatAreOpenedAreIncluded() {
    Manifest manifest =
        read(
            """
            here = pathlib.Path(__file__).parent
            def requirements(name, folder="requirements"):
                lines = []
                with io.open(os.path.join(here, folder, name), encoding="utf-8") as f:
                    for line in f:
                        lines.append(line.split("#")[0].strip())
                return lines
            def own():
                return [r for r in (here / "reqs.txt").open() if not r.startswith("#")]
            with open("test.txt") as f:
                tests = f.read().splitlines()
            setup(
                install_requires=requirements("base.txt") + ["extra"],
                setup_requires=list(filter(None, own())),
                tests_require=[t.strip() for t in tests if t],
                extras_require={name: requirements(f"{name}.in", "in") for name in ("a", "b")},
            )
            """,
            "requirements/base.txt",
            "reqs.txt",
            "test.txt",
            "in/a.in",
            "in/b.in");
    assertEquals(
        List.of("requirements/base.txt", "reqs.txt", "test.txt", "in/a.in", "in/b.in"),
        manifest.includes());
    assertEquals(List.of("13:51 extra  RUNTIME null"), ManifestRows.of(manifest));
    assertEquals(List.of(), ManifestRows.issues(manifest));
  }

  @Test
  void linesThatAreParsedAreThoseOfTheFile() {
    Manifest manifest =
        read(
            """
            with pathlib.Path('reqs.txt').open() as f:
                a = [str(r) for r in pkg_resources.parse_requirements(f)]
            b = [str(p.req) for p in parse_requirements('more.txt', session=PipSession())]
            setup(install_requires=a + b)
            """,
            "reqs.txt",
            "more.txt");
    assertEquals(List.of("reqs.txt", "more.txt"), manifest.includes());
    assertEquals(List.of(), ManifestRows.issues(manifest));
  }

  @Test
  void aNameThatIsComputedIsNoPackage() {
    Manifest manifest =
        read("setup(install_requires=[f'{n} @ git+{u}', f'a @ file://{here}/a', n + '>=1'])\n");
    assertEquals(List.of("1:45 a  RUNTIME null FILE"), ManifestRows.of(manifest));
    assertEquals(3, manifest.issues().size());
  }

  @Test
  void loopsOverWhatIsKnownAreGoneThrough() {
    Manifest manifest =
        read(
            """
            extras = {"a": ["x"], "b": ["y"]}
            everything = []
            for name in extras:
                everything += extras[name]
            extras["all"] = everything
            for name, more in [("c", "z"), ("d", "w")]: extras[name] = [more]
            for name in unknown():
                everything.append(name)
            def parse(path):
                lines, rest = [], {}
                with open(path) as f:
                    for line in f:
                        line, *needed = line.split("#")
                        lines.append(line)
                return lines, rest
            required, rest = parse("reqs.txt")
            setup(install_requires=required, extras_require=extras)
            """,
            "reqs.txt");
    assertEquals(List.of("reqs.txt"), manifest.includes());
    assertEquals(
        List.of(
            "1:18 x  OPTIONAL a",
            "1:30 y  OPTIONAL b",
            "1:18 x  OPTIONAL all",
            "1:30 y  OPTIONAL all",
            "6:27 z  OPTIONAL c",
            "6:39 w  OPTIONAL d"),
        ManifestRows.of(manifest));
    assertEquals(
        List.of(
            "setup.py:7:13: warning: the extra 'all' is computed and not read: declare it in"
                + " pyproject.toml, or as a literal list"),
        ManifestRows.issues(manifest));
  }

  @Test
  void filesThatHoldNoRequirementsAreNotIncluded() {
    Manifest manifest =
        read(
            "v = open('VERSION').read().strip()\n"
                + "setup(install_requires=['a==' + v, 'b==%s' % v, f'c>={v},<2'],"
                + " tests_require=v)\n",
            "VERSION");
    assertEquals(List.of(), manifest.includes());
    assertEquals(
        List.of("2:26 a  RUNTIME null", "2:37 b  RUNTIME null", "2:51 c <2 RUNTIME null"),
        ManifestRows.of(manifest));
    assertEquals(
        List.of(
            "setup.py:2:26: warning: a part of 'a==…' in install_requires is computed and not read",
            "setup.py:2:37: warning: a part of 'b==…' in install_requires is computed and not read",
            "setup.py:2:51: warning: a part of 'c>=…,<2' in install_requires is computed and not"
                + " read",
            "setup.py:1:5: warning: tests_require is computed and not read: declare it in"
                + " pyproject.toml, or as a literal list"),
        ManifestRows.issues(manifest));
  }

  @Test
  void listsAreJoinedAsPythonJoinsThem() {
    Manifest manifest =
        read(
            """
            extras = {"a": ["x>=1"], "b": ["y"]}
            extras["all"] = sorted({r for group in extras.values() for r in group})
            extras["sum"] = list(set(sum([extras[k] for k in ("a", "b")], [])))
            extras["some"] = [r for k, v in extras.items() if k not in ["all", "sum"] for r in v]
            args = {}
            args["install_requires"] = requires = []
            requires.append("late")
            if sys.version_info < (3, 11):
                requires.insert(0, "tomli")
            requires += ["win"] if sys.platform == "win32" else ["linux"]
            requires += ["old"] if sys.version_info < (3,) else []
            args["tests_require"] = "{}>={low}".format("z", low="1")
            def main():
                extras["mine"] = ["w"]
                args.update(extras_require=extras)
                setup(**args)
            main()
            """);
    assertEquals(
        List.of(
            "7:18 late  RUNTIME null",
            "9:25 tomli  RUNTIME null",
            "10:55 linux  RUNTIME null",
            "11:15 old  RUNTIME null",
            "12:26 z >=1 TEST tests_require",
            "1:18 x >=1 OPTIONAL a",
            "1:33 y  OPTIONAL b",
            "1:18 x >=1 OPTIONAL all",
            "1:33 y  OPTIONAL all",
            "1:18 x >=1 OPTIONAL sum",
            "1:33 y  OPTIONAL sum",
            "1:18 x >=1 OPTIONAL some",
            "1:33 y  OPTIONAL some",
            "14:24 w  OPTIONAL mine"),
        ManifestRows.of(manifest));
    assertEquals(List.of(), ManifestRows.issues(manifest));
  }

  @Test
  void whatGrowsWithoutEndIsCutOff() {
    Manifest manifest =
        read(
            "a = ['x']\n"
                + "a += a\n".repeat(60)
                + "def f(n=1):\n    return f(n) + f(n)\nb = f()\nt = 's'\n"
                + "t = t + t\n".repeat(60)
                + "c = [x for x in a for y in a for z in a]\n"
                + "setup(install_requires=b, tests_require=['y'])\n");
    assertEquals("127:43 y  TEST tests_require", ManifestRows.of(manifest).getLast());
  }

  @Test
  void whatDoublesWithEachLineIsComputed() {
    for (String doubled :
        List.of(
            "a = a + a",
            "a = [*a, *a]",
            "a = sum([a, a, a], [])",
            "a = list(a) + list(a)",
            "t = '%s%s' % (t, t)",
            "t = f'{t}{t}'",
            "t = '{0}{0}'.format(t)",
            "t = t.replace('', t)",
            "t = t.join([t, t, t])",
            "t = '/'.join([t] * 2) + t",
            "a = t.splitlines() + a + a",
            "d = {**d, 'k' + t: d}; t = t + t")) {
      Manifest manifest =
          read(
              "a = ['x', 'y']\nt = 's\\n'\nd = {}\n"
                  + (doubled + "\n").repeat(80)
                  + "setup(install_requires=a, extras_require=d, tests_require=['y'])\n");
      assertTrue(ManifestRows.of(manifest).getLast().endsWith("y  TEST tests_require"), doubled);
      assertTrue(manifest.dependencies().size() <= 400_000, doubled);
    }
  }
}
