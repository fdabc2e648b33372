package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Manifest;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementsFileTest {
  private final RequirementsFile reader = new RequirementsFile();

  private Manifest read(String path, String text) {
    MemoryFiles files = new MemoryFiles().with(path, text);
    return reader.read(files.file(path), files);
  }

  private static List<String> names(Manifest manifest) {
    return manifest.dependencies().stream().map(DeclaredDependency::name).toList();
  }

  private static List<String> issues(Manifest manifest) {
    return manifest.issues().stream().map(Object::toString).toList();
  }

  @Test
  void aFileIsKnownByItsNameOrItsFolder() {
    assertTrue(reader.reads("requirements.txt"));
    assertTrue(reader.reads("a/requirements-dev.in"));
    assertTrue(reader.reads("dev-requirements.txt"));
    assertTrue(reader.reads("requirements/base.txt"));
    assertFalse(reader.reads("requirements/extra/base.txt"));
    assertFalse(reader.reads("notes.txt"));
    assertFalse(reader.reads("requirements.md"));
  }

  @Test
  void aDeclarationKnowsItsLineAndColumn() {
    Manifest manifest =
        read("requirements.txt", "# top\n  uvicorn[standard]>=0.30,<1 ; python_version>'3'\n");
    DeclaredDependency one = manifest.dependencies().getFirst();
    assertEquals("uvicorn", one.name());
    assertEquals(List.of("standard"), one.extras());
    assertEquals(">=0.30,<1", one.constraint());
    assertEquals("python_version>'3'", one.marker());
    assertEquals("requirements.txt:2:3", one.location().toString());
    assertEquals(List.of(), issues(manifest));
  }

  @Test
  void theNameOfTheFileTellsTheScope() {
    assertEquals(Scope.DEV, RequirementsFile.scope("requirements-dev.txt"));
    assertEquals(Scope.DEV, RequirementsFile.scope("requirements/ci.in"));
    assertEquals(Scope.DEV, RequirementsFile.scope("requirements/test/base.txt"));
    assertEquals(Scope.RUNTIME, RequirementsFile.scope("requirements.txt"));
    assertEquals(Scope.RUNTIME, RequirementsFile.scope("developers/requirements.txt"));
    assertEquals(Scope.RUNTIME, RequirementsFile.scope("requirements/latest.txt"));
  }

  @Test
  void conflictMarkersAndSingleEqualsAreErrorsAndTheRestGoesOn() {
    Manifest manifest =
        read(
            "requirements.txt",
            "a==1\n<<<<<<< HEAD\nb==1\n=======\nb==2\n>>>>>>> topic\nidentify=1.4.15\nlast\n");
    assertEquals(List.of("a", "b", "b", "last"), names(manifest));
    assertEquals(
        List.of(
            "requirements.txt:2:1: error: a merge conflict marker: resolve the conflict",
            "requirements.txt:4:1: error: a merge conflict marker: resolve the conflict",
            "requirements.txt:6:1: error: a merge conflict marker: resolve the conflict",
            "requirements.txt:7:9: error: 'identify=1.4.15' is no requirement: '=' is no version"
                + " operator: write '=='"),
        issues(manifest));
  }

  @Test
  void includesAreRelativeToTheIncludingFile() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "requirements/dev.txt",
                "-r base.txt\n-c ../constraints.txt\n-r ../gone.txt\n-r ../../out.txt\n")
            .with("requirements/base.txt", "a\n")
            .with("constraints.txt", "a==1\n");
    Manifest manifest = reader.read(files.file("requirements/dev.txt"), files);
    assertEquals(List.of("requirements/base.txt"), manifest.includes());
    assertEquals(List.of("constraints.txt"), manifest.constraints());
    assertEquals(
        List.of(
            "requirements/dev.txt:3:1: error: the requirement file gone.txt does not exist:"
                + " correct the path or remove the line",
            "requirements/dev.txt:4:1: error: the requirement file ../../out.txt lies outside of"
                + " the analysed folder: analyse a folder that holds both"),
        issues(manifest));
  }

  @Test
  void repositoriesUrlsAndFoldersHaveTheirOrigin() {
    MemoryFiles files =
        new MemoryFiles()
            .with("lib/pyproject.toml", "[project]\nname = 'own-lib'\n")
            .with(
                "requirements.txt",
                """
                git+https://git.example/o/epp.git@f818#egg=fred-epp
                fava @ https://files.example/fava-1.30.tar.gz#sha1=f053
                -e ./lib
                https://files.example/torch-2.3.0%2Bcpu-cp312-cp312-linux_x86_64.whl
                git+https://git.example/o/event-bus.git@v0.5.0
                """);
    Manifest manifest = reader.read(files.file("requirements.txt"), files);
    assertEquals(List.of("fred-epp", "fava", "own-lib", "torch", "event-bus"), names(manifest));
    assertEquals(
        List.of(Origin.GIT, Origin.URL, Origin.WORKSPACE, Origin.URL, Origin.GIT),
        manifest.dependencies().stream().map(DeclaredDependency::origin).toList());
    assertEquals("==2.3.0+cpu", manifest.dependencies().get(3).constraint());
    assertEquals(1, manifest.issues().size());
    assertEquals(5, manifest.issues().getFirst().location().line());
  }

  @Test
  void anEditableFolderOfAnotherMachineIsOwnAndOneWarning() {
    Manifest manifest = read("requirements.txt", "-e file:///Users/me/app/pkgs/plugin\nb\n");
    assertEquals(List.of("plugin", "b"), names(manifest));
    assertEquals(Origin.WORKSPACE, manifest.dependencies().getFirst().origin());
    assertEquals(
        List.of(
            "requirements.txt:1:1: warning: 'file:///Users/me/app/pkgs/plugin' lies on one machine"
                + " only: use a path within the project"),
        issues(manifest));
  }

  @Test
  void filesThatIncludeEachOtherAreAnError() {
    MemoryFiles files =
        new MemoryFiles()
            .with("requirements.txt", "-r requirements-b.txt\na\n")
            .with("requirements-b.txt", "-r requirements.txt\n");
    Manifest manifest = reader.read(files.file("requirements.txt"), files);
    assertEquals(
        List.of(
            "requirements.txt:1:1: error: requirements-b.txt includes this file again: remove one"
                + " of the lines"),
        issues(manifest));
    assertEquals(List.of("a"), names(manifest));
  }

  @Test
  void utf16WithMarkAndCrlfIsRead() {
    byte[] text =
        "\uFEFF-i https://index.example/simple\r\nalembic==1.13 ; python_version >= '3.10'\r\n"
            .getBytes(StandardCharsets.UTF_16LE);
    MemoryFiles files = new MemoryFiles().with("requirements.txt", text);
    Manifest manifest = reader.read(files.file("requirements.txt"), files);
    assertEquals(List.of("alembic"), names(manifest));
    assertEquals(2, manifest.dependencies().getFirst().location().line());
  }

  @Test
  void whatPipDropsInSilenceIsSaid() {
    Manifest manifest =
        read("requirements.txt", "sentence - transformers\n-i https://index.example/s late\n");
    assertEquals(List.of("sentence"), names(manifest));
    assertEquals(2, manifest.issues().size());
  }

  @Test
  void aVersionBehindEggIsReadAndSaid() {
    Manifest manifest =
        read("base.in", "git+https://git.example/themes.git@0.5.6#egg=themes==0.5.6\n");
    assertEquals(List.of("themes"), names(manifest));
    assertEquals("==0.5.6", manifest.dependencies().getFirst().constraint());
    assertEquals(1, manifest.issues().size());
  }

  private static final String COMPILED =
      """
      #
      # This file is autogenerated by pip-compile with Python 3.12
      #    pip-compile requirements/base.in
      #
      click==8.1.7 \\
          --hash=sha256:%s
          # via
          #   -c constraints.txt
          #   flask
          #   uvicorn
      flask==3.0.0
          # via -r requirements/base.in
      uvicorn==0.30.0  # via -r requirements/base.in, flask
      """
          .formatted("e".repeat(64));

  @Test
  void aFileCompiledFromAnInFileBesideItIsALock() {
    MemoryFiles files =
        new MemoryFiles()
            .with("requirements/base.txt", COMPILED)
            .with("requirements/base.in", "flask\nuvicorn\n");
    assertFalse(reader.reads("requirements/base.txt", files));
    assertTrue(reader.reads("requirements/base.in", files));
    CompiledRequirements locks = new CompiledRequirements();
    assertTrue(locks.reads("requirements/base.txt", files));
    Lockfile lock = locks.read(files.file("requirements/base.txt"), files);
    assertEquals(
        List.of("click", "flask", "uvicorn"),
        lock.packages().stream().map(Lockfile.Node::name).toList());
    assertEquals("8.1.7", lock.packages().getFirst().version());
    assertEquals(5, lock.packages().getFirst().line());
    assertEquals(
        List.of("flask", "uvicorn"),
        lock.roots().getFirst().direct().stream().map(Lockfile.Direct::name).toList());
    assertEquals(
        List.of(List.of(), List.of(0, 2), List.of(0)),
        lock.packages().stream()
            .map(n -> n.edges().stream().map(Lockfile.Edge::target).toList())
            .toList());
    assertEquals(List.of(), lock.issues());
  }

  @Test
  void withoutItsInFileItIsAManifestThatKnowsItsTransitives() {
    MemoryFiles files = new MemoryFiles().with("requirements.txt", COMPILED);
    assertTrue(reader.reads("requirements.txt", files));
    Manifest manifest = reader.read(files.file("requirements.txt"), files);
    assertEquals(
        List.of(List.of("flask", "uvicorn"), List.of(), List.of()),
        manifest.dependencies().stream().map(DeclaredDependency::requiredBy).toList());
  }

  @Test
  void theHeaderMayNameAnInFileElsewhere() {
    MemoryFiles files =
        new MemoryFiles()
            .with("deploy/requirements.txt", COMPILED)
            .with("requirements/base.in", "flask\nuvicorn\n");
    assertFalse(reader.reads("deploy/requirements.txt", files));
  }

  @Test
  void addressesThatPipRefusesAreErrorsAndTheirPackagesStay() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "requirements.txt",
                """
                -e git+weird://h.example/x#egg=a
                file://host/b-1.tar.gz
                -e file://host/c#egg=c
                https://h.example/d.zip#egg=
                git+https://h.example/e.git#egg=&subdirectory=x
                -e file://localhost/f#egg=f
                hg+static-http://h.example/g#egg=g
                """);
    Manifest manifest = ManifestRows.read(new RequirementsFile(), files, "requirements.txt");
    assertEquals(
        List.of("2 b", "3 c", "4 d", "5 e", "6 f", "7 g"),
        manifest.dependencies().stream()
            .map(one -> one.location().line() + " " + one.name())
            .toList());
    assertEquals(
        List.of(1, 2, 3, 4, 5),
        manifest.issues().stream()
            .filter(issue -> issue.severity() == dev.depslim.model.Severity.ERROR)
            .map(issue -> issue.location().line())
            .toList());
  }
}
