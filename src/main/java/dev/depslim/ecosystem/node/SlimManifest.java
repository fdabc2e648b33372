package dev.depslim.ecosystem.node;

import dev.depslim.model.Category;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Verdict;
import dev.depslim.syntax.JsonNode;
import dev.depslim.syntax.JsonNode.JsonArray;
import dev.depslim.syntax.JsonNode.JsonLeaf;
import dev.depslim.syntax.JsonObject;
import dev.depslim.syntax.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A package.json on its way to `package-production.json`: what production does not need is taken
/// out of its text, and everything else stays where it is.
final class SlimManifest {
  static final String EXCLUDED = "excludedDependencies";
  static final String SCRIPTS = "scripts";
  private static final List<String> SECTIONS =
      List.of(NpmMeta.DEPENDENCIES, NpmMeta.OPTIONAL, NpmMeta.PEERS, NpmMeta.PEERS_META);

  private final String path;
  private final JsonText text;
  private final JsonObject root;
  private final NpmMeta original;
  private final @Nullable ProjectPlan plan;
  private final List<String> notes = new ArrayList<>();

  /// @param path of the package.json, for notes
  /// @param text an object; it is changed
  /// @param plan what goes; null for a folder that is not planned on its own
  SlimManifest(String path, JsonText text, JsonObject root, @Nullable ProjectPlan plan) {
    this.path = path;
    this.text = text;
    this.root = root;
    this.original = NpmMeta.of(root);
    this.plan = plan;
    dropOverridden();
    moveToProduction();
    root.remove(NpmMeta.DEVELOPMENT);
    if (plan != null) {
      for (String section : SECTIONS) {
        drop(section, plan);
      }
      for (String bundled : NpmMeta.BUNDLED) {
        if (root.get(bundled) instanceof JsonArray names) {
          names.strings().stream().filter(plan::drops).forEach(names::remove);
        }
      }
    }
    keepReferences(root.object("overrides"));
  }

  /// Where it stands.
  String path() {
    return path;
  }

  /// What the original says.
  NpmMeta original() {
    return original;
  }

  /// What is left.
  NpmMeta slim() {
    return NpmMeta.of(root);
  }

  /// What the user must know of this file.
  List<String> notes() {
    return notes;
  }

  /// The commands of the scripts, by name.
  Map<String, String> scripts() {
    JsonObject scripts = root.object(SCRIPTS);
    Map<String, String> out = new LinkedHashMap<>();
    if (scripts != null) {
      for (String name : scripts.names()) {
        String command = scripts.string(name);
        if (command != null && !NpmMeta.isComment(name)) {
          out.put(name, command);
        }
      }
    }
    return out;
  }

  /// Takes scripts out.
  ///
  /// @param broken with what each of them calls that is not there
  void dropScripts(Map<String, String> broken) {
    JsonObject scripts = root.object(SCRIPTS);
    if (scripts == null || broken.isEmpty()) {
      return;
    }
    scripts.removeIf(member -> broken.containsKey(member.name()));
    if (scripts.isEmpty()) {
      root.remove(SCRIPTS);
    }
    List<String> rows = new ArrayList<>();
    broken.forEach((script, missing) -> rows.add(script + " (" + missing + ")"));
    notes.add(
        path
            + ": scripts that call what is not installed are left out: "
            + String.join(", ", rows));
  }

  /// The file, with what was left out and why at its end.
  byte[] bytes() {
    root.remove(EXCLUDED);
    JsonObject excluded = excluded();
    if (!excluded.isEmpty()) {
      root.put(EXCLUDED, excluded);
    }
    return text.bytes();
  }

  /// Of a name that stands twice npm reads the last one only.
  private void dropOverridden() {
    dropOverridden(root, "");
    for (JsonObject.Member member : root.members()) {
      if (member.value() instanceof JsonObject object) {
        dropOverridden(object, member.name() + ".");
      }
    }
  }

  private void dropOverridden(JsonObject object, String prefix) {
    Map<String, JsonNode> last = new LinkedHashMap<>();
    object.members().forEach(member -> last.put(member.name(), member.value()));
    if (last.size() == object.members().size()) {
      return;
    }
    for (String name : last.keySet()) {
      long count = object.members().stream().filter(it -> it.name().equals(name)).count();
      if (count > 1 && !NpmMeta.isComment(name)) {
        notes.add(
            path + ": of \"" + prefix + name + "\", which stands twice, the last one is kept");
      }
    }
    object.removeIf(
        member -> !NpmMeta.isComment(member.name()) && last.get(member.name()) != member.value());
  }

  private void moveToProduction() {
    JsonObject development = root.object(NpmMeta.DEVELOPMENT);
    if (development == null || plan == null) {
      return;
    }
    for (Decision decision : plan.decisions()) {
      String name = decision.dependency().name();
      String spec = development.string(name);
      if (decision.verdict().action() == Verdict.Action.MOVE_TO_PROD && spec != null) {
        JsonObject dependencies = root.object(NpmMeta.DEPENDENCIES);
        if (dependencies == null) {
          dependencies = JsonObject.empty();
          root.put(NpmMeta.DEPENDENCIES, dependencies);
        }
        if (dependencies.get(name) == null) {
          SortedMembers.put(dependencies, name, JsonLeaf.of(spec));
        }
      }
    }
  }

  private void drop(String section, ProjectPlan plan) {
    JsonObject rows = root.object(section);
    if (rows != null && rows.removeIf(row -> plan.drops(row.name())) && rows.isEmpty()) {
      root.remove(section);
    }
  }

  /// `$name` in overrides is what the root asks for as `name`; where it does so no more, the text
  /// takes its place.
  private void keepReferences(@Nullable JsonObject overrides) {
    if (overrides == null) {
      return;
    }
    NpmMeta slim = slim();
    for (JsonObject.Member member : List.copyOf(overrides.members())) {
      if (member.value() instanceof JsonObject nested) {
        keepReferences(nested);
      } else if (member.value() instanceof JsonLeaf leaf && leaf.value().startsWith("$")) {
        String name = leaf.value().substring(1);
        String before = original.referred(name);
        if (before != null && slim.referred(name) == null) {
          overrides.put(member.name(), JsonLeaf.of(before));
        }
      }
    }
  }

  private JsonObject excluded() {
    Map<Category, Map<String, Decision>> byCategory = new TreeMap<>();
    for (Decision decision : plan == null ? List.<Decision>of() : plan.decisions()) {
      if (decision.drops()) {
        byCategory
            .computeIfAbsent(category(decision.dependency()), _ -> new TreeMap<>())
            .put(decision.dependency().name(), decision);
      }
    }
    JsonObject excluded = JsonObject.empty();
    byCategory.forEach((category, decisions) -> {
      JsonObject rows = JsonObject.empty();
      decisions.forEach((name, decision) -> rows.put(name, row(decision)));
      excluded.put(category.id(), rows);
    });
    return excluded;
  }

  private static JsonObject row(Decision decision) {
    Dependency dependency = decision.dependency();
    JsonObject row = JsonObject.empty();
    String version = dependency.version();
    row.put("version", JsonLeaf.of(version == null ? dependency.constraint() : version));
    row.put("reason", JsonLeaf.of(decision.verdict().reasons().getFirst()));
    return row;
  }

  /// What is declared for development and is no forbidden package is one of development.
  private static Category category(Dependency dependency) {
    Category category = dependency.classification().category();
    return category == Category.PRODUCTION
            && dependency.declarations().stream().noneMatch(DeclaredDependency::inProduction)
        ? Category.DEV
        : category;
  }

  /// Names of the scripts that npm runs when it installs.
  static final Set<String> INSTALL_SCRIPTS = Set.of("preinstall", "install", "postinstall");
}
