package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.node.YarnEntry.Requirement;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.syntax.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the text of a lock of Yarn 1 line by line: entries begin at the left, their fields are
/// indented, requirements deeper. A line that makes no sense is reported and passed over.
final class YarnClassicParser {
  private static final String REMEDY = "write it anew with 'yarn install'";
  private static final int MANY = 20;

  private final String path;
  private final String text;
  private final List<Issue> issues = new ArrayList<>();
  private List<YarnEntry> entries = new ArrayList<>();
  private int line;
  private boolean inConflict;
  private boolean hasConflicts;
  private @Nullable YarnEntry entry;

  /// The section of requirements that is open, and how far its name is indented.
  private @Nullable String section;

  private int sectionIndent;

  private YarnClassicParser(SourceFile file) {
    this.path = file.path();
    this.text = new String(file.bytes(), StandardCharsets.UTF_8);
    int mistake = Utf8.firstMistake(file.bytes(), 0);
    if (mistake >= 0) {
      String before = new String(file.bytes(), 0, mistake, StandardCharsets.UTF_8);
      int at = (int) before.chars().filter(c -> c == '\n').count() + 1;
      int column = before.length() - before.lastIndexOf('\n');
      issues.add(Issue.error(new Location(path, at, column), Utf8.MESSAGE));
    }
  }

  /// What can be read; of both sides of a merge conflict.
  static YarnClassicParser parse(SourceFile file) {
    YarnClassicParser parser = new YarnClassicParser(file);
    parser.document();
    return parser;
  }

  List<YarnEntry> entries() {
    return entries;
  }

  List<Issue> issues() {
    return issues;
  }

  /// Whether the text holds a comment.
  boolean hasHeader(String comment) {
    return text.contains(comment);
  }

  private void document() {
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      line++;
      int from = start;
      while (from < end && text.charAt(from) == ' ') {
        from++;
      }
      int until = end;
      while (until > from && text.charAt(until - 1) <= ' ') {
        until--;
      }
      if (from < until && text.charAt(from) != '#') {
        line(from - start, from, until);
      }
      start = end + 1;
    }
    if (!hasConflicts) {
      entries = YarnEntry.withoutRepeated(entries, path, REMEDY, issues);
    }
  }

  private void line(int indent, int from, int until) {
    if (indent == 0 && isConflictMarker(from)) {
      return;
    }
    if (indent == 0) {
      section = null;
      entry = null;
      header(from, until);
      return;
    }
    if (entry == null) {
      return; // the entry that it belongs to was reported
    }
    if (section != null && indent > sectionIndent) {
      requirement(from, until);
      return;
    }
    section = null;
    field(indent, from, until);
  }

  private void header(int from, int until) {
    List<String> patterns = new ArrayList<>(2);
    int at = from;
    while (at < until) {
      int end = endOfWord(at, until, true);
      if (end < 0) {
        break;
      }
      patterns.add(word(at, end));
      if (end == until - 1 && text.charAt(end) == ':') {
        entry = new YarnEntry(patterns, line, from + 1 - lineStart(from));
        entries.add(entry);
        return;
      }
      if (text.charAt(Math.min(end, until - 1)) != ',') {
        break;
      }
      at = end + 1;
      while (at < until && text.charAt(at) == ' ') {
        at++;
      }
    }
    report(1, "an entry is 'name@range:' and its fields below it; this line does not count");
  }

  private void field(int indent, int from, int until) {
    int end = endOfWord(from, until, false);
    String name = end < 0 ? "" : word(from, end);
    if (end == until - 1 && text.charAt(end) == ':') {
      section = name;
      sectionIndent = indent;
      return;
    }
    String value = end < 0 ? null : value(end, until);
    if (value == null) {
      report(indent + 1, "a field is a name and a value; this line does not count");
      return;
    }
    YarnEntry current = entry;
    if (current != null && name.equals("version")) {
      current.version = value;
    } else if (current != null && name.equals("resolved")) {
      current.resolution = value;
    }
  }

  private void requirement(int from, int until) {
    boolean optional = "optionalDependencies".equals(section);
    if (!optional && !"dependencies".equals(section)) {
      return;
    }
    int end = endOfWord(from, until, false);
    String range = end < 0 ? null : value(end, until);
    if (range == null) {
      report(from - lineStart(from) + 1, "a requirement is a name and a range; it does not count");
    } else if (entry != null) {
      entry.requirements.add(new Requirement(word(from, end), range, optional));
    }
  }

  /// What follows a name: `name value` or `name: value`.
  private @Nullable String value(int after, int until) {
    int at = after < until && text.charAt(after) == ':' ? after + 1 : after;
    if (at >= until || text.charAt(at) != ' ') {
      return null;
    }
    while (at < until && text.charAt(at) == ' ') {
      at++;
    }
    return text.charAt(at) == '"' && text.charAt(until - 1) == '"' && until - at > 1
        ? unescape(at + 1, until - 1)
        : text.substring(at, until);
  }

  /// The position behind a word, quoted or not, or -1 where there is none.
  private int endOfWord(int from, int until, boolean inHeader) {
    if (text.charAt(from) != '"') {
      int at = from;
      while (at < until) {
        char c = text.charAt(at);
        boolean lastColon = c == ':' && (at + 1 == until || text.charAt(at + 1) == ' ');
        if (c == ',' || c == ' ' && !inHeader || lastColon) {
          break;
        }
        at++;
      }
      return at == from ? -1 : at;
    }
    for (int at = from + 1; at < until; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        return at + 1;
      }
    }
    return -1;
  }

  private String word(int from, int end) {
    return text.charAt(from) == '"' ? unescape(from + 1, end - 1) : text.substring(from, end);
  }

  private String unescape(int from, int end) {
    String raw = text.substring(from, end);
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length()) {
        i++;
        c = raw.charAt(i);
      }
      out.append(c);
    }
    return out.toString();
  }

  private boolean isConflictMarker(int from) {
    boolean begins = text.startsWith("<<<<<<< ", from);
    if (begins) {
      inConflict = true;
      hasConflicts = true;
      issues.add(
          Issue.error(
              new Location(path, line, 1),
              "merge conflict: both sides are read; resolve it, or " + REMEDY));
      return true;
    }
    boolean ends = inConflict && text.startsWith(">>>>>>> ", from);
    boolean middle =
        inConflict && (text.startsWith("=======", from) || text.startsWith("||||||| ", from));
    inConflict &= !ends;
    return ends || middle;
  }

  private void report(int column, String message) {
    if (issues.size() < MANY) {
      issues.add(Issue.error(new Location(path, line, column), message + ": " + REMEDY));
    }
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at) + 1;
  }
}
