package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.Confidence;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import dev.depslim.model.Snapshot;
import dev.depslim.model.Snapshot.Declared;
import dev.depslim.model.Snapshot.FindingState;
import dev.depslim.model.Snapshot.ProjectState;
import dev.depslim.model.Snapshot.Resolved;
import dev.depslim.model.Snapshot.Section;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what [JsonReport] wrote, as far as it is compared with a later state.
public final class SnapshotReader {
  private static final String ANEW = "; write one with depslim analyze OLD --format json -o FILE";

  private final String shown;

  private SnapshotReader(String shown) {
    this.shown = shown;
  }

  /// The snapshot of a report.
  ///
  /// @param shown the file as the user named it
  /// @throws DepslimException.InvalidInput where it is no report of analyze that can be compared
  public static Snapshot read(String shown, byte[] bytes) {
    return new SnapshotReader(shown).read(bytes);
  }

  private DepslimException.InvalidInput refuse(Tree at, String what) {
    return new DepslimException.InvalidInput(
        new Location(shown, at.line(), at.column()) + ": error: " + what);
  }

  private Snapshot read(byte[] bytes) {
    Tree tree;
    try {
      tree = Json.parse(bytes);
    } catch (SyntaxException e) {
      throw new DepslimException.InvalidInput(
          new Location(shown, e.line(), e.column())
              + ": error: not a JSON report of depslim: "
              + e.getMessage()
              + ANEW,
          e);
    }
    if (!(tree instanceof Tree.Mapping report)) {
      throw refuse(tree, "not a JSON report of depslim: it is no object" + ANEW);
    }
    check(report);
    List<String> images =
        objects(report, "images").map(it -> Objects.toString(it.string("reference"), "")).toList();
    return new Snapshot(
        "report",
        objects(report, "projects").map(this::project).toList(),
        new GraphReader(shown).read(report),
        objects(report, "findings")
            .map(this::finding)
            .filter(finding -> Snapshot.isCompared(finding, images))
            .toList(),
        objects(report, "issues")
            .map(this::issue)
            .filter(issue -> !images.contains(issue.location().path()))
            .toList());
  }

  private void check(Tree.Mapping report) {
    Tree.Mapping tool = report.mapping("tool");
    String version = report.string("schemaVersion");
    if (tool == null || !"depslim".equals(tool.string("name")) || version == null) {
      throw refuse(report, "not a report of depslim" + ANEW);
    }
    if (!version.equals(JsonReport.SCHEMA_VERSION)) {
      throw refuse(
          Objects.requireNonNull(report.get("schemaVersion")),
          "a report of schema version "
              + version
              + ", and this depslim reads version "
              + JsonReport.SCHEMA_VERSION
              + ANEW
              + ", with this depslim");
    }
    if (report.get("explanations") != null) {
      throw refuse(report, "a report of depslim explain holds one package only" + ANEW);
    }
    if (objects(report, "projects").findAny().isEmpty()) {
      throw refuse(report, "the report holds no project, so there is nothing to compare" + ANEW);
    }
  }

  static Stream<Tree.Mapping> objects(Tree.Mapping of, String name) {
    Tree.Sequence all = of.sequence(name);
    return all == null
        ? Stream.empty()
        : all.items().stream().filter(Tree.Mapping.class::isInstance).map(Tree.Mapping.class::cast);
  }

  private ProjectState project(Tree.Mapping it) {
    return new ProjectState(
        text(it, "path"),
        named(it, "ecosystem", name -> Ecosystem.named(name).orElse(null)),
        it.string("name"),
        objects(it, "lockfiles").map(lock -> text(lock, "path")).toList(),
        objects(it, "dependencies").map(this::declared).toList(),
        objects(it, "resolved").map(this::resolved).toList());
  }

  private Declared declared(Tree.Mapping it) {
    return new Declared(
        text(it, "name"),
        text(it, "constraint"),
        it.string("version"),
        category(it),
        text(it, "label"),
        objects(it, "declarations")
            .map(one ->
                new Section(
                    location(one),
                    one(one, "scope", Scope.class),
                    one.string("group"),
                    one.string("marker")))
            .toList());
  }

  private Resolved resolved(Tree.Mapping it) {
    return new Resolved(
        text(it, "name"),
        it.string("version"),
        one(it, "scope", Scope.class),
        category(it),
        text(it, "label"),
        it.isTrue("direct"),
        text(it, "lockfile"));
  }

  private FindingState finding(Tree.Mapping it) {
    return new FindingState(
        text(it, "rule"),
        one(it, "severity", Severity.class),
        one(it, "confidence", Confidence.class),
        text(it, "subject"),
        location(it),
        text(it, "message"),
        it.string("category") == null ? null : category(it),
        it.string("broughtBy"));
  }

  private Issue issue(Tree.Mapping it) {
    return new Issue(
        one(it, "severity", Severity.class),
        new Location(
            text(it, "path"), Math.max(0, number(it, "line")), Math.max(0, number(it, "column"))),
        text(it, "message"));
  }

  private Location location(Tree.Mapping it) {
    return Location.of(text(it, "path"), Math.max(0, number(it, "line")));
  }

  private Category category(Tree.Mapping it) {
    return named(it, "category", name -> Category.named(name).orElse(null));
  }

  private String text(Tree.Mapping it, String name) {
    String text = it.string(name);
    if (text == null) {
      throw refuse(it, "the report lacks the string '" + name + "' here" + ANEW);
    }
    return text;
  }

  static int number(Tree.Mapping it, String name) {
    long number = longNumber(it, name, -1);
    return number < Integer.MIN_VALUE || number > Integer.MAX_VALUE ? -1 : (int) number;
  }

  static long longNumber(Tree.Mapping it, String name, long otherwise) {
    if (it.get(name) instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.NUMBER) {
      try {
        return Long.parseLong(scalar.text());
      } catch (NumberFormatException _) {
        return otherwise;
      }
    }
    return otherwise;
  }

  private <E extends Enum<E>> E one(Tree.Mapping it, String name, Class<E> type) {
    return named(it, name, text -> constant(type, text));
  }

  static <E extends Enum<E>> @Nullable E constant(Class<E> type, String id) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(id)) {
        return constant;
      }
    }
    return null;
  }

  private <T> T named(Tree.Mapping it, String name, Function<String, @Nullable T> values) {
    String text = text(it, name);
    T value = values.apply(text);
    if (value == null) {
      throw refuse(it, "the report holds an unknown " + name + " '" + text + "'" + ANEW);
    }
    return value;
  }
}
