package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.model.Verdict;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requirements of a manifest without a lock, as pip takes them.
final class DeclaredText {
  private final ProjectPlan plan;
  private final String path;
  private final Tree.Mapping manifest;
  private final MarkerAlgebra algebra = new MarkerAlgebra();
  private final List<Installed> installs = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /// @param manifest empty for a manifest that is no TOML
  DeclaredText(ProjectPlan plan, String path, Tree.Mapping manifest) {
    this.plan = plan;
    this.path = path;
    this.manifest = manifest;
  }

  List<Installed> installs() {
    return installs;
  }

  List<String> notes() {
    return notes;
  }

  /// The text of the file, or null where nothing of the manifest stays.
  @Nullable String write() {
    StringBuilder out = new StringBuilder();
    String project = plan.name() == null ? "this project" : plan.name();
    out.append("# What ").append(project).append(" needs in production, as ").append(path);
    out.append(" declares it.\n");
    List<DeclaredDependency> stay = new ArrayList<>();
    for (Decision decision : plan.decisions()) {
      if (decision.drops() && decision.dependency().inProduction()) {
        out.append("# Left out: ").append(decision.dependency().name());
        out.append(" (").append(RequirementsLines.reason(decision)).append(")\n");
      }
      boolean moved = decision.verdict().action() == Verdict.Action.MOVE_TO_PROD;
      for (DeclaredDependency declared : decision.dependency().declarations()) {
        boolean counts = declared.scope() == Scope.RUNTIME || moved;
        if (!decision.drops() && counts && declared.location().path().equals(path)) {
          stay.add(declared);
        }
      }
    }
    out.append('\n');
    new IndexOptions(List.of(manifest)).declared().forEach(line -> out.append(line).append('\n'));
    stay.sort(Comparator.comparing(DeclaredDependency::location));
    for (DeclaredDependency declared : stay) {
      String line = requirement(declared);
      if (line != null) {
        out.append(line).append('\n');
        String name = Ecosystem.PYPI.normalize(declared.name());
        installs.add(new Installed(name, pinned(declared), null, declared.marker() != null));
      }
    }
    notes.add("No lock knows what else " + path + " brings: pip resolves it when it installs.");
    return stay.isEmpty() ? null : out.toString();
  }

  private static @Nullable String pinned(DeclaredDependency declared) {
    VersionSpecifier specifier = VersionSpecifier.parse(declared.constraint());
    String pinned = null;
    if (specifier != null && declared.origin() == Origin.REGISTRY) {
      for (VersionSpecifier.Clause clause : specifier.clauses()) {
        Version version = Version.parse(clause.version());
        if (clause.operator().startsWith("==") && version != null) {
          pinned = version.toString();
        }
      }
    }
    return pinned;
  }

  /// A declaration after PEP 508, or null for the user's own packages.
  ///
  /// @throws InvalidInput where pip has no way to say it
  @Nullable String requirement(DeclaredDependency declared) {
    String name = declared.name();
    StringBuilder out = new StringBuilder(name);
    if (!declared.extras().isEmpty()) {
      out.append('[').append(String.join(",", declared.extras())).append(']');
    }
    String marker = declared.marker();
    switch (declared.origin()) {
      case WORKSPACE -> {
        notes.add(name + " is a folder of your own and not in the file.");
        return null;
      }
      case REGISTRY -> out.append(specifier(declared));
      case GIT, URL, FILE -> {
        String url = source(declared);
        if (url == null) {
          throw new InvalidInput(
              declared.location()
                  + ": where '"
                  + name
                  + "' comes from cannot be written for pip; lock the project first");
        }
        if (url.startsWith("./")) {
          return url + (marker == null ? "" : " ; " + marker);
        }
        out.append(" @ ").append(url);
      }
    }
    Tree value = poetryValue(declared.name());
    if (value != null && declared.scope() == Scope.RUNTIME) {
      for (PoetryRequest request : PoetryRequest.of(value)) {
        if (request.constraint().equals(declared.constraint())) {
          MarkerAlgebra.Node when = request.when(algebra, Set.of());
          Marker joined =
              when.isNever() ? null : new MarkerText(algebra, VersionRanges.ALL).of(when);
          marker = joined == null ? marker : joined.toString();
        }
      }
    }
    return marker == null ? out.toString() : out + " ; " + marker;
  }

  private static String specifier(DeclaredDependency declared) {
    String text = declared.constraint();
    if (text.isBlank() || text.equals("*")) {
      return "";
    }
    PoetryConstraint constraint = PoetryConstraint.parse(text);
    VersionSpecifier specifier = constraint == null ? null : constraint.specifier();
    if (specifier == null) {
      throw new InvalidInput(
          declared.location()
              + ": '"
              + text
              + "' cannot be written for pip; lock the project first");
    }
    return specifier.toString();
  }

  private @Nullable Tree poetryValue(String name) {
    Tree.Mapping poetry = tool("poetry");
    return find(poetry == null ? null : poetry.mapping("dependencies"), name);
  }

  private Tree.@Nullable Mapping tool(String name) {
    Tree.Mapping tools = manifest.mapping("tool");
    return tools == null ? null : tools.mapping(name);
  }

  private static @Nullable Tree find(Tree.@Nullable Mapping table, String name) {
    if (table != null) {
      for (Tree.Member member : table.members()) {
        if (Ecosystem.PYPI.normalize(member.name()).equals(Ecosystem.PYPI.normalize(name))) {
          return member.value();
        }
      }
    }
    return null;
  }

  /// The address of a package that is declared with one, in PEP 508 or in a table of uv or Poetry.
  private @Nullable String source(DeclaredDependency declared) {
    Tree.Mapping project = manifest.mapping("project");
    Tree.Sequence list = project == null ? null : project.sequence("dependencies");
    if (list != null) {
      for (String text : list.strings()) {
        Requirement requirement = parsed(text);
        if (requirement != null
            && requirement.url() != null
            && requirement.normalizedName().equals(Ecosystem.PYPI.normalize(declared.name()))) {
          return requirement.url();
        }
      }
    }
    Tree.Mapping uv = tool("uv");
    Tree value = find(uv == null ? null : uv.mapping("sources"), declared.name());
    Tree source = value == null ? poetryValue(declared.name()) : value;
    return source instanceof Tree.Mapping table ? address(table) : null;
  }

  private static @Nullable Requirement parsed(String text) {
    try {
      return Requirement.parse(Text.strip(text));
    } catch (RequirementSyntaxException e) {
      return null;
    }
  }

  private static @Nullable String address(Tree.Mapping table) {
    String below = table.string("subdirectory");
    String fragment = below == null ? "" : "#subdirectory=" + below;
    String git = table.string("git");
    if (git != null) {
      String reference = null;
      for (String key : List.of("rev", "tag", "branch")) {
        reference = reference == null ? table.string(key) : reference;
      }
      int colon = git.indexOf(':');
      String url =
          git.contains("://") || colon < 0
              ? git
              : "ssh://" + git.substring(0, colon) + "/" + git.substring(colon + 1);
      return "git+" + url + (reference == null ? "" : "@" + reference) + fragment;
    }
    String url = table.string("url");
    if (url != null) {
      return url + fragment;
    }
    String place = table.string("path") == null ? table.string("file") : table.string("path");
    return place == null ? null : "./" + place;
  }
}
