package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Manifest;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `package.json`: what a Node project declares (npm's package.json documentation).
///
/// Every row of a section is a declaration, located at its key; the group is the name of the
/// section. An optional peer (`peerDependenciesMeta`) has the marker `optional`. Keys that begin
/// with `//` are comments. Of a key that stands twice the last one counts, as for npm, and an issue
/// says so. What names a catalog of the workspace has the constraint that stands there.
public final class PackageJson implements ManifestReader {
  private static final String KIND = "package.json";
  private static final String PEERS = "peerDependencies";
  private static final List<Section> SECTIONS =
      List.of(
          new Section("dependencies", Scope.RUNTIME),
          new Section("devDependencies", Scope.DEV),
          new Section("optionalDependencies", Scope.OPTIONAL),
          new Section(PEERS, Scope.PEER));
  private static final Set<String> READ_KEYS =
      Set.of(
          "name",
          "workspaces",
          "dependencies",
          "devDependencies",
          "optionalDependencies",
          PEERS,
          "peerDependenciesMeta");

  private record Section(String name, Scope scope) {}

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.NPM;
  }

  @Override
  public boolean reads(String path) {
    return path.equals(KIND) || path.endsWith("/" + KIND);
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    String path = file.path();
    List<Issue> issues = new ArrayList<>();
    Tree tree;
    try {
      tree = Json.parse(file.bytes());
    } catch (SyntaxException e) {
      issues.add(
          Issue.error(
              new Location(path, e.line(), e.column()),
              e.isLimit()
                  ? e.getMessage() + ": nothing in the file counts; make it simpler"
                  : "not valid JSON, npm refuses it as well: "
                      + e.getMessage()
                      + "; mend it, then run again"));
      return manifest(path, null, List.of(), List.of(), issues);
    }
    if (!(tree instanceof Tree.Mapping root)) {
      issues.add(
          Issue.error(at(path, tree), "expected an object with the sections of a package.json"));
      return manifest(path, null, List.of(), List.of(), issues);
    }
    if (isUtf16(file.bytes())) {
      issues.add(
          Issue.error(
              new Location(path, 1, 1), "this is UTF-16, which npm cannot read: save it as UTF-8"));
    }
    reportOverridden(path, root, READ_KEYS, issues);
    List<DeclaredDependency> dependencies = new ArrayList<>();
    Lookup catalogs = new Lookup(files, file.folder());
    for (Tree.Member member : root.members()) {
      for (Section section : SECTIONS) {
        if (section.name.equals(member.name()) && root.member(member.name()) == member) {
          readSection(path, root, section, member.value(), catalogs, dependencies, issues);
        }
      }
    }
    return manifest(
        path, root.string("name"), dependencies, workspaces(path, root, issues), issues);
  }

  /// The first character of an object is never a zero byte, but half of one in UTF-16 is.
  private static boolean isUtf16(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0 || (bytes[0] & 0xfe) == 0xfe);
  }

  private static void readSection(
      String path,
      Tree.Mapping root,
      Section section,
      Tree value,
      Lookup catalogs,
      List<DeclaredDependency> dependencies,
      List<Issue> issues) {
    if (!(value instanceof Tree.Mapping rows)) {
      issues.add(
          Issue.error(
              at(path, value),
              "\""
                  + section.name
                  + "\" must be an object of names and versions; nothing in it counts"));
      return;
    }
    Map<String, Tree.Member> last = reportOverridden(path, rows, null, issues);
    for (Tree.Member row : rows.members()) {
      if (last.get(row.name()) == row && !row.name().startsWith("//")) {
        DeclaredDependency dependency = declaration(path, root, section, row, catalogs, issues);
        if (dependency != null) {
          dependencies.add(dependency);
        }
      }
    }
  }

  private static @Nullable DeclaredDependency declaration(
      String path,
      Tree.Mapping root,
      Section section,
      Tree.Member row,
      Lookup catalogs,
      List<Issue> issues) {
    Location location = new Location(path, row.line(), row.column());
    String name = row.name();
    if (!(row.value() instanceof Tree.Scalar spec) || spec.kind() != Tree.Kind.STRING) {
      issues.add(
          Issue.error(
              at(path, row.value()),
              "the version of \"" + name + "\" must be a string, such as \"^1.2.3\""));
      return null;
    }
    NpmSpec parsed = NpmSpec.parse(spec.text());
    String wrong = NpmName.problem(name);
    // what is linked never comes from a registry, which alone has rules for names
    if (wrong != null && (name.isEmpty() || parsed.origin() != Origin.WORKSPACE)) {
      issues.add(
          Issue.error(
              location, "\"" + name + "\" is not the name of a package: " + wrong + "; rename it"));
      return null;
    }
    if (parsed.type() == NpmSpec.Type.CATALOG) {
      parsed = catalogs.resolve(name, parsed, at(path, spec), issues);
    }
    if (parsed.problem() != null) {
      issues.add(Issue.error(at(path, spec), parsed.problem() + "; correct it"));
    }
    boolean optionalPeer = section.scope == Scope.PEER && isOptionalPeer(root, name);
    return new DeclaredDependency(
        name,
        parsed.packageName() == null ? name : parsed.packageName(),
        parsed.constraint(),
        List.of(),
        optionalPeer ? "optional" : null,
        section.scope,
        section.name,
        parsed.origin(),
        location);
  }

  /// The catalogs of a manifest's workspace, looked for only where something names one.
  private static final class Lookup {
    private final ProjectFiles files;
    private final String folder;
    private @Nullable Catalogs catalogs;

    Lookup(ProjectFiles files, String folder) {
      this.files = files;
      this.folder = folder;
    }

    /// What a reference stands for; itself where the workspace lies outside the analysed tree.
    NpmSpec resolve(String name, NpmSpec reference, Location at, List<Issue> issues) {
      Catalogs known = catalogs;
      if (known == null) {
        known = Catalogs.of(files, folder);
        catalogs = known;
      }
      String spec = known.find(name, reference.constraint());
      if (spec == null) {
        if (!known.isEmpty()) {
          issues.add(
              Issue.error(
                  at,
                  "no catalog in "
                      + known.path()
                      + " has an entry for \""
                      + name
                      + "\" under \""
                      + reference.constraint()
                      + "\": add it there"));
        }
        return reference;
      }
      return NpmSpec.parse(spec);
    }
  }

  private static boolean isOptionalPeer(Tree.Mapping root, String name) {
    Tree.Mapping meta = root.mapping("peerDependenciesMeta");
    Tree.Mapping peer = meta == null ? null : meta.mapping(name);
    return peer != null && peer.isTrue("optional");
  }

  private static List<String> workspaces(String path, Tree.Mapping root, List<Issue> issues) {
    Tree value = root.get("workspaces");
    if (value instanceof Tree.Mapping object) {
      value = object.get("packages");
    }
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Tree.Sequence globs)) {
      issues.add(
          Issue.error(at(path, value), "\"workspaces\" must be a list of folders; none is known"));
      return List.of();
    }
    List<String> out = new ArrayList<>();
    for (Tree item : globs.items()) {
      if (item instanceof Tree.Scalar glob && glob.kind() == Tree.Kind.STRING) {
        out.add(glob.text());
      } else {
        issues.add(Issue.error(at(path, item), "a workspace must be a string, such as \"apps/*\""));
      }
    }
    return out;
  }

  /// The last member of each name; the earlier ones are reported where the name is among `only`.
  private static Map<String, Tree.Member> reportOverridden(
      String path, Tree.Mapping mapping, @Nullable Set<String> only, List<Issue> issues) {
    Map<String, Tree.Member> last = HashMap.newHashMap(mapping.members().size());
    for (Tree.Member member : mapping.members()) {
      Tree.Member earlier = last.put(member.name(), member);
      String name = member.name();
      if (earlier != null && !name.startsWith("//") && (only == null || only.contains(name))) {
        issues.add(
            Issue.warning(
                new Location(path, earlier.line(), earlier.column()),
                "\""
                    + name
                    + "\" stands here and again in line "
                    + member.line()
                    + ", which wins: remove one of them"));
      }
    }
    return last;
  }

  private static Location at(String path, Tree tree) {
    return new Location(path, tree.line(), tree.column());
  }

  private static Manifest manifest(
      String path,
      @Nullable String name,
      List<DeclaredDependency> dependencies,
      List<String> workspaces,
      List<Issue> issues) {
    return new Manifest(
        path,
        Ecosystem.NPM,
        KIND,
        name,
        dependencies,
        List.of(),
        List.of(),
        workspaces,
        issues.stream().sorted().toList());
  }
}
