package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.syntax.TomlLayout;
import dev.depslim.syntax.TomlLayout.Array;
import dev.depslim.syntax.TomlLayout.Header;
import dev.depslim.syntax.TomlLayout.Inline;
import dev.depslim.syntax.TomlLayout.Pair;
import dev.depslim.syntax.TomlLayout.Scalar;
import dev.depslim.syntax.TomlLayout.Statement;
import dev.depslim.syntax.TomlLayout.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `pyproject-production.toml`: the manifest without groups for development and without what the
/// plan leaves out; every other character stays where it is.
final class PyprojectSlim {
  private final SourceFile file;
  private final String text;
  private final TextEdits edits;
  private final Set<String> dropped = new HashSet<>();
  private final Map<String, String> renamed = new HashMap<>();

  PyprojectSlim(ProjectPlan plan, SourceFile file) {
    this.file = file;
    this.text = new String(file.bytes(), StandardCharsets.UTF_8);
    this.edits = new TextEdits(text);
    for (MinimizePlan.Decision decision : plan.decisions()) {
      if (decision.drops()) {
        dropped.add(Ecosystem.PYPI.normalize(decision.dependency().name()));
      }
    }
  }

  /// The slim form, which has what is moved to production as a runtime dependency.
  ///
  /// @param moved what a group for development declares and production needs
  /// @param renamed requirement files, relative to the analysed root → their slim forms
  SlimFile of(List<Moved> moved, Map<String, String> renamed) {
    this.renamed.putAll(renamed);
    List<Statement> statements = TomlLayout.statements(text);
    for (int i = 0; i < statements.size(); i++) {
      switch (statements.get(i)) {
        case Header header -> i = header(statements, i, header);
        case Pair pair -> pair(pair.path(), pair, true);
      }
    }
    new PyprojectAdditions(statements, edits, text).add(moved);
    String slim = edits.apply();
    return new SlimFile(
        "pyproject-production.toml", slim.getBytes(StandardCharsets.UTF_8), file.path());
  }

  /// A dependency that is added.
  ///
  /// @param requirement after PEP 508
  /// @param value as Poetry's own tables spell it, or null
  record Moved(String name, String requirement, @Nullable String value) {}

  /// Whether a table or key is for development only, with everything below it.
  private static boolean isDevelopment(List<String> path) {
    return starts(path, "dependency-groups")
        || starts(path, "tool", "uv", "dev-dependencies")
        || starts(path, "tool", "uv", "default-groups")
        || starts(path, "tool", "uv", "dependency-groups")
        || starts(path, "tool", "poetry", "dev-dependencies")
        || (starts(path, "tool", "poetry", "group")
            && (path.size() == 3 || !path.get(3).equals("main")))
        || starts(path, "tool", "pdm", "dev-dependencies")
        || starts(path, "tool", "rye", "dev-dependencies")
        || starts(path, "tool", "flit", "metadata", "dev-requires")
        || (starts(path, "tool", "hatch", "envs")
            && path.size() >= 5
            && (path.get(4).equals("overrides")
                || (path.size() == 5
                    && Set.of("dependencies", "extra-dependencies", "dependency-groups")
                        .contains(path.get(4)))));
  }

  private static boolean starts(List<String> path, String... wanted) {
    return path.size() >= wanted.length && path.subList(0, wanted.length).equals(List.of(wanted));
  }

  private static boolean is(List<String> path, String... wanted) {
    return path.equals(List.of(wanted));
  }

  /// The index of the last statement that is done with.
  private int header(List<Statement> statements, int index, Header header) {
    List<String> path = header.path();
    boolean poetry =
        path.size() == 4
            && starts(path, "tool", "poetry", "dependencies")
            && isDropped(path.get(3));
    boolean source =
        path.size() == 4 && starts(path, "tool", "uv", "sources") && isDropped(path.get(3));
    // `[tool.poetry.group]` and `[tool.hatch.envs.x]` alone may hold what stays.
    if (!isDevelopment(path) && !poetry && !source) {
      return index;
    }
    int last = index;
    while (last + 1 < statements.size() && !(statements.get(last + 1) instanceof Header)) {
      last++;
    }
    int start = edits.withCommentsAbove(edits.lineStart(header.start()));
    int end =
        last + 1 < statements.size()
            ? edits.withCommentsAbove(edits.lineStart(statements.get(last + 1).start()))
            : text.length();
    edits.delete(start, Math.max(end, statements.get(last).end()));
    return last;
  }

  /// @param line whether the pair has its lines for itself: not within `{…}`
  private void pair(List<String> path, Pair pair, boolean line) {
    boolean member =
        (path.size() == 4 || path.size() == 5)
            && (starts(path, "tool", "poetry", "dependencies")
                || starts(path, "tool", "uv", "sources"))
            && isDropped(path.get(3));
    if (isDevelopment(path) || member) {
      if (line) {
        edits.delete(edits.lineStart(pair.start()), pair.end());
      }
      return;
    }
    if (is(path, "project", "dependencies")
        || (path.size() == 3 && starts(path, "project", "optional-dependencies"))) {
      items(pair.value());
    } else if (path.size() == 4 && starts(path, "tool", "poetry", "extras")) {
      items(pair.value());
    } else if (path.size() == 4 && starts(path, "tool", "uv", "sources")) {
      groupSource(pair);
    } else if (is(path, "tool", "uv", "conflicts")) {
      conflicts(pair);
    } else if (starts(path, "tool", "setuptools", "dynamic", "dependencies")) {
      rename(pair.value());
    }
    if (pair.value() instanceof Inline inline && mayHoldMore(path)) {
      inline(path, inline);
    }
  }

  private static boolean mayHoldMore(List<String> path) {
    return is(path, "project")
        || is(path, "project", "optional-dependencies")
        || is(path, "tool")
        || (path.size() == 2 && path.getFirst().equals("tool"))
        || is(path, "tool", "poetry", "dependencies")
        || is(path, "tool", "poetry", "extras")
        || is(path, "tool", "uv", "sources")
        || (path.size() == 4 && starts(path, "tool", "hatch", "envs"));
  }

  private void inline(List<String> path, Inline inline) {
    List<Value> all = new ArrayList<>();
    Set<Integer> out = new HashSet<>();
    for (Pair pair : inline.pairs()) {
      List<String> full = new ArrayList<>(path);
      full.addAll(pair.path());
      boolean gone =
          isDevelopment(full)
              || (full.size() == 4
                  && (starts(full, "tool", "poetry", "dependencies")
                      || starts(full, "tool", "uv", "sources"))
                  && isDropped(full.get(3)));
      if (gone) {
        out.add(all.size());
      } else {
        pair(full, pair, false);
      }
      all.add(new Scalar(null, pair.start(), pair.value().end()));
    }
    remove(all, out, inline.end() - 1);
  }

  private boolean isDropped(String name) {
    return dropped.contains(Ecosystem.PYPI.normalize(name));
  }

  private static @Nullable String requirementName(Value value) {
    if (!(value instanceof Scalar scalar) || scalar.string() == null) {
      return null;
    }
    try {
      return Requirement.parse(Text.strip(scalar.string())).normalizedName();
    } catch (RequirementSyntaxException e) {
      return Ecosystem.PYPI.normalize(scalar.string());
    }
  }

  private void items(Value value) {
    if (!(value instanceof Array array)) {
      return;
    }
    Set<Integer> out = new HashSet<>();
    for (int i = 0; i < array.items().size(); i++) {
      String found = requirementName(array.items().get(i));
      if (found != null && dropped.contains(found)) {
        out.add(i);
      }
    }
    remove(array.items(), out, array.end() - 1);
  }

  /// Takes items out of a list in brackets, each with its comma, and with its line where it has one
  /// for itself.
  ///
  /// @param close where the closing bracket stands
  private void remove(List<? extends Value> items, Set<Integer> out, int close) {
    for (int i = 0; i < items.size(); i++) {
      if (!out.contains(i)) {
        continue;
      }
      Value item = items.get(i);
      int lineStart = edits.lineStart(item.start());
      int next = i + 1 < items.size() ? items.get(i + 1).start() : close;
      int lineEnd = edits.lineEnd(item.end());
      boolean alone =
          text.substring(lineStart, item.start()).isBlank()
              && lineEnd <= Math.max(next, item.end())
              && (i == 0 || items.get(i - 1).end() < lineStart);
      if (alone) {
        edits.delete(lineStart, lineEnd);
      } else if (i + 1 < items.size()) {
        edits.delete(item.start(), next);
      } else {
        int from = item.start();
        for (int j = i - 1; j >= 0; j--) {
          from = items.get(j).end();
          if (!out.contains(j)) {
            break;
          }
          from = items.get(j).start();
        }
        boolean all = out.size() == items.size();
        edits.delete(from, all ? close : item.end());
      }
    }
  }

  /// A source that counts in a group only makes uv stop when the group is gone.
  private void groupSource(Pair pair) {
    if (pair.value() instanceof Inline source && source.get("group") != null) {
      edits.delete(edits.lineStart(pair.start()), pair.end());
    } else if (pair.value() instanceof Array sources) {
      Set<Integer> out = new HashSet<>();
      for (int i = 0; i < sources.items().size(); i++) {
        if (sources.items().get(i) instanceof Inline source && source.get("group") != null) {
          out.add(i);
        }
      }
      if (out.size() == sources.items().size()) {
        edits.delete(edits.lineStart(pair.start()), pair.end());
      } else {
        remove(sources.items(), out, sources.end() - 1);
      }
    }
  }

  /// Sets of groups and extras that exclude each other; without a group there is nothing to
  /// exclude.
  private void conflicts(Pair pair) {
    if (!(pair.value() instanceof Array sets)) {
      return;
    }
    Set<Integer> out = new HashSet<>();
    for (int i = 0; i < sets.items().size(); i++) {
      if (sets.items().get(i) instanceof Array set
          && set.items().stream()
              .anyMatch(item -> item instanceof Inline one && one.get("group") != null)) {
        out.add(i);
      }
    }
    if (out.size() == sets.items().size()) {
      edits.delete(edits.lineStart(pair.start()), pair.end());
    } else {
      remove(sets.items(), out, sets.end() - 1);
    }
  }

  /// Requirement files that setuptools reads are those of the slim form.
  private void rename(Value value) {
    switch (value) {
      case Array array -> array.items().forEach(this::rename);
      case Inline inline -> inline.pairs().forEach(pair -> rename(pair.value()));
      case Scalar scalar -> {
        String path =
            scalar.string() == null ? null : Paths.resolve(file.folder(), scalar.string());
        String instead = path == null ? null : renamed.get(path);
        if (instead != null) {
          edits.delete(scalar.start(), scalar.end());
          edits.insert(scalar.start(), '"' + instead + '"');
        }
      }
    }
  }
}
