package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `Pipfile.lock`, specification 6: `default`, `develop`, and one section for each other category.
/// It does not tell which package needs which; what is direct stands in the `Pipfile` beside it.
public final class PipfileLock implements LockfileReader {
  private static final String REMEDY = ": write it anew with 'pipenv lock'";

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return Paths.name(path).equals("Pipfile.lock");
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    try {
      Tree tree = Json.parse(file.bytes());
      if (tree instanceof Tree.Mapping root) {
        return new Reading(file, files, root)
            .lockfile()
            .compared(PipfileAgreement.of(file, root, files));
      }
      return unreadable(file, tree.line(), tree.column(), "expected an object, {…}");
    } catch (SyntaxException e) {
      return unreadable(file, e.line(), e.column(), String.valueOf(e.getMessage()));
    }
  }

  private static Lockfile unreadable(SourceFile file, int line, int column, String message) {
    Issue issue =
        Issue.error(
            new Location(file.path(), line, column),
            "this is no Pipfile.lock: " + message + REMEDY);
    return new Lockfile(
        file.path(), "Pipfile.lock", null, Ecosystem.PYPI, List.of(), List.of(), List.of(issue));
  }

  /// The section in which a category of the Pipfile is locked.
  static String lockedSection(@Nullable String category) {
    return switch (category) {
      case "packages" -> "default";
      case "dev-packages" -> "develop";
      case null -> "default";
      default -> category;
    };
  }

  /// One lock while it is read.
  private static final class Reading {
    private final SourceFile file;
    private final ProjectFiles files;
    private final Tree.Mapping root;
    private final PythonTarget target;
    private final List<Lockfile.Node> nodes = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();

    /// Section and normalised name → index of the node.
    private final Map<String, Integer> places = new HashMap<>();

    Reading(SourceFile file, ProjectFiles files, Tree.Mapping root) {
      this.file = file;
      this.files = files;
      this.root = root;
      Tree.Mapping meta = root.mapping("_meta");
      Tree.Mapping requires = meta == null ? null : meta.mapping("requires");
      String full = requires == null ? null : requires.string("python_full_version");
      String minor = requires == null ? null : requires.string("python_version");
      String python = full == null ? minor == null ? "" : "==" + minor + ".*" : "==" + full;
      this.target = PythonTarget.of(file.folder(), files, python);
    }

    Lockfile lockfile() {
      Tree.Mapping meta = root.mapping("_meta");
      String format = null;
      if (meta != null && meta.get("pipfile-spec") instanceof Tree.Scalar spec) {
        format = spec.text();
        if (!format.equals("6")) {
          issues.add(
              Issue.warning(
                  at(spec), "specification " + format + " is read as 6: check the result"));
        }
      }
      for (Tree.Member section : root.members()) {
        if (!section.name().equals("_meta")) {
          section(section);
        }
      }
      return new Lockfile(
          file.path(), "Pipfile.lock", format, Ecosystem.PYPI, nodes, roots(), true, issues);
    }

    private Location at(Tree tree) {
      return new Location(file.path(), tree.line(), tree.column());
    }

    private void section(Tree.Member section) {
      if (!(section.value() instanceof Tree.Mapping packages)) {
        issues.add(
            Issue.error(
                at(section.value()), "'" + section.name() + "' must be an object" + REMEDY));
        return;
      }
      Scope scope = section.name().equals("default") ? Scope.RUNTIME : Scope.DEV;
      Map<String, Tree.Member> last = new HashMap<>();
      packages.members().forEach(member -> last.put(member.name(), member));
      for (Tree.Member member : packages.members()) {
        Tree.Member counts = last.get(member.name());
        if (counts != null && counts != member) {
          sayRepeated(member, counts);
          continue;
        }
        if (member.name().isBlank() || !(member.value() instanceof Tree.Mapping entry)) {
          issues.add(
              Issue.error(
                  new Location(file.path(), member.line(), member.column()),
                  "the entry '" + member.name() + "' must be an object with a version" + REMEDY));
          continue;
        }
        String name = Pipfile.packageName(member.name(), entry, file.folder(), files);
        for (String key : List.of(member.name(), name)) {
          places.putIfAbsent(place(section.name(), key), nodes.size());
        }
        Lockfile.Node node =
            new Lockfile.Node(
                name, version(entry), Pipfile.origin(entry), scope, null, member.line(), List.of());
        nodes.add(target.mayHold(entry.string("markers")) ? node : node.forOtherSystems());
      }
    }

    private void sayRepeated(Tree.Member member, Tree.Member counts) {
      issues.add(
          Issue.warning(
              new Location(file.path(), member.line(), member.column()),
              "'"
                  + member.name()
                  + "' stands here and again in line "
                  + counts.line()
                  + ", which counts"
                  + REMEDY));
    }

    private static String place(String section, String name) {
      return section + "\0" + Ecosystem.PYPI.normalize(name);
    }

    /// `==1.2`, or null for what comes from a repository, a file or a folder.
    private static @Nullable String version(Tree.Mapping entry) {
      String written = entry.string("version");
      VersionSpecifier specifier = written == null ? null : VersionSpecifier.parse(written);
      if (specifier == null || specifier.clauses().size() != 1) {
        return null;
      }
      VersionSpecifier.Clause clause = specifier.clauses().getFirst();
      return clause.operator().startsWith("==") ? clause.version() : null;
    }

    private List<Lockfile.Root> roots() {
      List<Lockfile.Direct> direct = new ArrayList<>();
      for (DeclaredDependency declared :
          DeclaredRoots.beside(file, "Pipfile", new Pipfile(), files)) {
        Integer target = places.get(place(lockedSection(declared.group()), declared.name()));
        if (target != null) {
          direct.add(
              new Lockfile.Direct(declared.name(), target, declared.scope(), declared.group()));
        }
      }
      return direct.isEmpty() ? List.of() : List.of(new Lockfile.Root("", direct));
    }
  }
}
