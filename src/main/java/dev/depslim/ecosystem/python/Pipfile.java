package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Manifest;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `Pipfile`: `[packages]`, `[dev-packages]`, and the package categories of Pipenv, which are any
/// other table. Their keys are names of packages, except for files, folders and repositories, where
/// Pipenv takes any word.
public final class Pipfile implements ManifestReader {
  private static final Set<String> SETTINGS =
      Set.of("source", "requires", "scripts", "pipenv", "pipfile");

  /// Keys of a package that are conditions, each with the rest of a comparison as its value.
  private static final List<String> CONDITIONS =
      List.of(
          "os_name",
          "sys_platform",
          "platform_machine",
          "platform_python_implementation",
          "platform_release",
          "platform_system",
          "platform_version",
          "python_version",
          "python_full_version",
          "implementation_name",
          "implementation_version");

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path) {
    return Paths.name(path).equals("Pipfile");
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    TomlManifest document = TomlManifest.read(file);
    Reading reading = new Reading(file, files, document);
    for (Tree.Member member : document.root().members()) {
      if (!SETTINGS.contains(member.name())) {
        reading.category(member);
      }
    }
    return document.manifest("Pipfile", null, reading.dependencies, List.of(), List.of());
  }

  /// The real name of what a Pipfile or its lock calls `key`.
  ///
  /// @param folder of the file
  static String packageName(String key, Tree.Mapping source, String folder, ProjectFiles files) {
    String url = source.string("file");
    if (url == null) {
      url = source.string("url");
    }
    if (url != null && Archives.fileName(url).endsWith(".whl")) {
      Archives.Wheel wheel = Archives.wheel(Archives.fileName(url));
      return wheel == null ? key : wheel.name();
    }
    String path = source.string("path");
    if (path != null) {
      String project = Paths.resolve(folder, path);
      String name = project == null ? null : OwnFolder.statedName(project, files);
      return name == null ? key : name;
    }
    String place = url != null ? url : source.string("git");
    String egg = place == null ? null : Archives.egg(place);
    if (egg != null && Text.isName(egg)) {
      return egg;
    }
    // Pipenv before 2018 made a key of seven hexadecimal digits where it knew no name.
    return place != null && key.matches("[0-9a-f]{7}") ? Archives.guess(place) : key;
  }

  /// The origin that the table of a package names.
  static Origin origin(Tree.Mapping source) {
    if (source.string("git") != null
        || source.string("hg") != null
        || source.string("svn") != null
        || source.string("bzr") != null) {
      return Origin.GIT;
    }
    String file = source.string("file") != null ? source.string("file") : source.string("url");
    if (file != null) {
      return RequirementsFile.originOf(file);
    }
    if (source.string("path") != null) {
      return source.isTrue("editable") || !Archives.isArchive(String.valueOf(source.string("path")))
          ? Origin.WORKSPACE
          : Origin.FILE;
    }
    return Origin.REGISTRY;
  }

  /// One file while it is read.
  private static final class Reading {
    private final SourceFile file;
    private final ProjectFiles files;
    private final TomlManifest document;
    private final List<DeclaredDependency> dependencies = new ArrayList<>();

    Reading(SourceFile file, ProjectFiles files, TomlManifest document) {
      this.file = file;
      this.files = files;
      this.document = document;
    }

    void category(Tree.Member category) {
      if (!(category.value() instanceof Tree.Mapping table)) {
        if (category.name().endsWith("packages")) {
          document.problem(
              category.value(), "[" + category.name() + "] must be a table of name = \"version\"");
        }
        return;
      }
      boolean main = category.name().equals("packages");
      for (Tree.Member member : table.members()) {
        dependency(member, main ? Scope.RUNTIME : Scope.DEV, category.name());
      }
    }

    private void dependency(Tree.Member member, Scope scope, String category) {
      if (member.name().isBlank()) {
        document.problem(member, "a dependency without a name: write the name of the package");
        return;
      }
      switch (member.value()) {
        case Tree.Scalar scalar -> {
          if (scalar.kind() == Tree.Kind.STRING) {
            add(member, member.name(), scalar.text(), List.of(), null, scope, category, null);
          } else {
            document.problem(
                scalar,
                "the version of "
                    + member.name()
                    + " must be in quotes: \""
                    + scalar.text()
                    + "\"");
          }
        }
        case Tree.Mapping table -> table(member, table, scope, category);
        case Tree.Sequence list ->
            document.problem(
                list, member.name() + " must be a version in quotes or a table, not a list");
      }
    }

    private void table(Tree.Member member, Tree.Mapping table, Scope scope, String category) {
      String version = table.string("version");
      Tree.Sequence extras = table.sequence("extras");
      add(
          member,
          packageName(member.name(), table, file.folder(), files),
          version == null ? "" : version,
          extras == null ? List.of() : extras.strings(),
          marker(table),
          scope,
          category,
          origin(table));
    }

    private void add(
        Tree.Member member,
        String name,
        String version,
        List<String> extras,
        @Nullable String marker,
        Scope scope,
        String category,
        @Nullable Origin origin) {
      String constraint = Text.strip(version);
      if (!isVersion(constraint)) {
        document.problem(
            member.value(),
            "'"
                + version
                + "' is no version of "
                + name
                + ": write \"==1.2.3\", \">=1.2\" or \"*\"");
      }
      dependencies.add(
          new DeclaredDependency(
              name,
              name,
              constraint,
              extras,
              marker,
              scope,
              category,
              origin == null ? Origin.REGISTRY : origin,
              document.at(member)));
    }

    /// `*`, a specifier of PEP 440, or a version alone, which Pipenv reads as `==`.
    private static boolean isVersion(String constraint) {
      return constraint.equals("*")
          || VersionSpecifier.parse(constraint) != null
          || VersionSpecifier.parse("==" + constraint) != null;
    }

    /// `markers`, and the variables of markers that may be keys themselves: `sys_platform = "==
    /// 'linux'"`.
    private static @Nullable String marker(Tree.Mapping table) {
      List<String> parts = new ArrayList<>();
      String markers = table.string("markers");
      if (markers != null && !markers.isBlank()) {
        parts.add(markers);
      }
      for (String name : CONDITIONS) {
        String condition = table.string(name);
        if (condition != null) {
          parts.add(name + " " + condition);
        }
      }
      return switch (parts.size()) {
        case 0 -> null;
        case 1 -> parts.getFirst();
        default -> "(" + String.join(") and (", parts) + ")";
      };
    }
  }
}
