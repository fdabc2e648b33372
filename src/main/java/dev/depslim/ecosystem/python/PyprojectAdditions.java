package dev.depslim.ecosystem.python;

import dev.depslim.syntax.TomlLayout.Array;
import dev.depslim.syntax.TomlLayout.Header;
import dev.depslim.syntax.TomlLayout.Pair;
import dev.depslim.syntax.TomlLayout.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds runtime dependencies to a `pyproject.toml`: to `[project]`, else to Poetry's own table.
final class PyprojectAdditions {
  private final List<Statement> statements;
  private final TextEdits edits;
  private final String text;
  private final String lineEnd;

  PyprojectAdditions(List<Statement> statements, TextEdits edits, String text) {
    this.statements = statements;
    this.edits = edits;
    this.text = text;
    this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
  }

  void add(List<PyprojectSlim.Moved> moved) {
    if (moved.isEmpty()) {
      return;
    }
    Pair list = pair("project", "dependencies");
    if (list != null && list.value() instanceof Array array) {
      into(array, moved);
      return;
    }
    Header project = header("project");
    Header poetry = header("tool", "poetry", "dependencies");
    StringBuilder more = new StringBuilder();
    if (poetry != null && moved.stream().allMatch(one -> one.value() != null)) {
      moved.forEach(
          one -> more.append(one.name()).append(" = ").append(one.value()).append(lineEnd));
      edits.insert(poetry.end(), more.toString());
    } else if (project != null) {
      more.append("dependencies = [").append(lineEnd);
      moved.forEach(one -> more.append("    ").append(quoted(one)).append(',').append(lineEnd));
      edits.insert(project.end(), more.append(']').append(lineEnd).toString());
    }
  }

  private void into(Array array, List<PyprojectSlim.Moved> moved) {
    StringBuilder more = new StringBuilder();
    boolean lines = text.substring(array.start(), array.end()).indexOf('\n') >= 0;
    for (PyprojectSlim.Moved one : moved) {
      if (lines) {
        more.append(lineEnd).append("    ").append(quoted(one)).append(',');
      } else {
        more.append(quoted(one)).append(", ");
      }
    }
    edits.insert(array.start() + 1, more.toString());
  }

  private static String quoted(PyprojectSlim.Moved one) {
    return '"' + one.requirement().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private @Nullable Pair pair(String... path) {
    for (Statement statement : statements) {
      if (statement instanceof Pair pair && pair.path().equals(List.of(path))) {
        return pair;
      }
    }
    return null;
  }

  private @Nullable Header header(String... path) {
    for (Statement statement : statements) {
      if (statement instanceof Header header && header.path().equals(List.of(path))) {
        return header;
      }
    }
    return null;
  }
}
