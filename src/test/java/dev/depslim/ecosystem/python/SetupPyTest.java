package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
