package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Manifest;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `pyproject.toml`: PEP 621 and 735, `build-system`, and the tables of Poetry, uv, PDM, Rye, Hatch
/// ([HatchTable]), Flit and setuptools.
public final class PyprojectToml implements ManifestReader {
  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path) {
    return Paths.name(path).equals("pyproject.toml");
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    return new Reading(file, files, TomlManifest.read(file)).manifest();
  }

  /// The name of the project that a `pyproject.toml` describes, or null.
  static @Nullable String projectName(String path, ProjectFiles files) {
    byte[] bytes = files.read(path);
    if (bytes == null) {
      return null;
    }
    return projectName(TomlManifest.read(new SourceFile(path, bytes)).root());
  }

  /// The versions of Python that a `pyproject.toml` allows, in the words of PEP 440 or of Poetry;
  /// null where it says nothing.
  static @Nullable String requiresPython(String path, ProjectFiles files) {
    byte[] bytes = files.read(path);
    if (bytes == null) {
      return null;
    }
    Tree.Mapping root = TomlManifest.read(new SourceFile(path, bytes)).root();
    Tree.Mapping project = root.mapping("project");
    String stated = project == null ? null : project.string("requires-python");
    Tree.Mapping poetry = tool(root, "poetry");
    Tree.Mapping main = poetry == null ? null : poetry.mapping("dependencies");
    Tree.Mapping flit = flit(root);
    if (stated == null && flit != null) {
      stated = flit.string("requires-python");
    }
    return stated == null && main != null ? main.string("python") : stated;
  }

  private static @Nullable String projectName(Tree.Mapping root) {
    Tree.Mapping project = root.mapping("project");
    String name = project == null ? null : project.string("name");
    Tree.Mapping poetry = tool(root, "poetry");
    String usable = name == null && poetry != null ? poetry.string("name") : name;
    Tree.Mapping flit = flit(root);
    if (usable == null && flit != null) {
      String distribution = flit.string("dist-name");
      usable = distribution != null ? distribution : flit.string("module");
    }
    return usable == null || usable.isBlank() ? null : usable;
  }

  private static Tree.@Nullable Mapping tool(Tree.Mapping root, String name) {
    Tree.Mapping tools = root.mapping("tool");
    return tools == null ? null : tools.mapping(name);
  }

  /// `[tool.flit.metadata]`, where Flit before version 3.2 wants all that `[project]` says.
  private static Tree.@Nullable Mapping flit(Tree.Mapping root) {
    Tree.Mapping flit = tool(root, "flit");
    return flit == null ? null : flit.mapping("metadata");
  }

  /// One file while it is read.
  private static final class Reading {
    private final SourceFile file;
    private final ProjectFiles files;
    private final TomlManifest document;
    private final Tree.Mapping root;
    private final @Nullable String name;
    private final PyprojectEntries entries;
    private final List<String> includes = new ArrayList<>();
    private final List<String> workspaces = new ArrayList<>();

    Reading(SourceFile file, ProjectFiles files, TomlManifest document) {
      this.file = file;
      this.files = files;
      this.document = document;
      this.root = document.root();
      this.name = projectName(root);
      this.entries = new PyprojectEntries(document, name, DependencySources.of(root));
    }

    Manifest manifest() {
      Tree.Mapping project = root.mapping("project");
      if (project != null) {
        entries.list(project.get("dependencies"), "project.dependencies", Scope.RUNTIME, null);
        eachList(
            project.get("optional-dependencies"), "project.optional-dependencies", Scope.OPTIONAL);
        dynamic(project);
      }
      Tree.Mapping build = root.mapping("build-system");
      if (build != null) {
        entries.list(build.get("requires"), "build-system.requires", Scope.BUILD, "build-system");
      }
      Tree groups = root.get("dependency-groups");
      if (groups != null) {
        DependencyGroups.declare(groups, entries);
      }
      PoetryTable.read(root, entries);
      uv();
      Tree.Mapping pdm = tool(root, "pdm");
      if (pdm != null) {
        eachList(pdm.get("dev-dependencies"), "tool.pdm.dev-dependencies", Scope.DEV);
      }
      Tree.Mapping rye = tool(root, "rye");
      if (rye != null) {
        entries.list(rye.get("dev-dependencies"), "tool.rye.dev-dependencies", Scope.DEV, "dev");
      }
      flit();
      HatchTable.read(root, entries, this::include);
      return document.manifest(
          "pyproject.toml", name, entries.dependencies(), includes, workspaces);
    }

    private void eachList(@Nullable Tree table, String section, Scope scope) {
      if (table instanceof Tree.Mapping mapping) {
        for (Tree.Member member : mapping.members()) {
          entries.list(member.value(), section + "." + member.name(), scope, member.name());
        }
      } else if (table != null) {
        entries.problem(table, "[" + section + "] must be a table of lists");
      }
    }

    /// `dynamic = ["dependencies"]` with `[tool.setuptools.dynamic] dependencies.file`, and the
    /// same of each extra.
    private void dynamic(Tree.Mapping project) {
      Tree.Sequence dynamic = project.sequence("dynamic");
      Tree.Mapping setuptools = tool(root, "setuptools");
      Tree.Mapping table = setuptools == null ? null : setuptools.mapping("dynamic");
      if (dynamic == null || table == null) {
        return;
      }
      if (dynamic.strings().contains("dependencies")) {
        files(table.get("dependencies"));
      }
      Tree.Mapping extras = table.mapping("optional-dependencies");
      if (dynamic.strings().contains("optional-dependencies") && extras != null) {
        extras.members().forEach(extra -> files(extra.value()));
      }
    }

    private void files(@Nullable Tree directive) {
      Tree named = directive instanceof Tree.Mapping mapping ? mapping.get("file") : null;
      if (named instanceof Tree.Sequence sequence) {
        sequence.items().forEach(this::include);
      } else if (named != null) {
        include(named);
      }
    }

    private void include(Tree item) {
      if (!(item instanceof Tree.Scalar scalar) || scalar.kind() != Tree.Kind.STRING) {
        entries.problem(item, "the name of a requirement file must be a string");
        return;
      }
      String path = Paths.resolve(file.folder(), scalar.text());
      if (path == null || !files.exists(path)) {
        entries.problem(
            item,
            "the requirement file " + scalar.text() + " does not exist here: correct the path");
        return;
      }
      if (!includes.contains(path)) {
        includes.add(path);
      }
    }

    private void uv() {
      Tree.Mapping uv = tool(root, "uv");
      if (uv == null) {
        return;
      }
      entries.list(uv.get("dev-dependencies"), "tool.uv.dev-dependencies", Scope.DEV, "dev");
      Tree.Mapping workspace = uv.mapping("workspace");
      if (workspace == null) {
        return;
      }
      Tree.Sequence members = workspace.sequence("members");
      Tree.Sequence exclude = workspace.sequence("exclude");
      if (members != null) {
        workspaces.addAll(members.strings());
      }
      if (exclude != null) {
        exclude.strings().forEach(glob -> workspaces.add("!" + glob));
      }
    }

    private void flit() {
      Tree.Mapping flit = PyprojectToml.flit(root);
      if (flit != null) {
        entries.list(flit.get("requires"), "tool.flit.metadata.requires", Scope.RUNTIME, null);
        entries.list(flit.get("dev-requires"), "tool.flit.metadata.dev-requires", Scope.DEV, "dev");
        eachList(flit.get("requires-extra"), "tool.flit.metadata.requires-extra", Scope.OPTIONAL);
      }
    }
  }
}
