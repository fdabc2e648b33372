package dev.depslim.syntax;

import dev.depslim.syntax.TomlNode.Closed;
import dev.depslim.syntax.TomlNode.Tables;
import dev.depslim.syntax.TomlTable.Made;
import dev.depslim.syntax.TomlTable.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a TOML document from front to back (TOML 1.1, of which 1.0 is a part).
final class TomlParser {
  private static final int MAX_PROBLEMS = 20;
  private static final String CONFLICT = "a merge conflict marker: resolve the conflict";

  private final TomlText text;
  private final TomlValues values;
  private final TomlTable root = new TomlTable(Made.HEADER, 1, 1);
  private final List<SyntaxException> problems = new ArrayList<>();
  private final boolean goesOn;
  private TomlTable current = root;

  /// Whether the statement ended where the next one began.
  private boolean unclosed;

  /// The same few keys stand in every package of a lock.
  private final Map<String, String> keys = new HashMap<>();

  /// @param goesOn whether a problem is noted and the next table read, or thrown
  TomlParser(byte[] bytes, boolean goesOn) {
    this.text = new TomlText(bytes);
    this.values = new TomlValues(text);
    this.goesOn = goesOn;
  }

  Tree.Mapping document() {
    for (text.blank(); !text.atEnd(); text.blank()) {
      try {
        unclosed = false;
        expression();
        text.spaces();
        text.comment();
        if (!unclosed && !text.atEnd() && text.lineEndAt(0) == 0) {
          throw text.error("found " + text.here() + " where the line should end");
        }
      } catch (SyntaxException e) {
        problem(e);
        toNextStatement();
      }
    }
    return root.tree();
  }

  List<SyntaxException> problems() {
    return problems;
  }

  private void problem(SyntaxException e) {
    if (!goesOn) {
      throw e;
    }
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(e);
    }
  }

  /// Behind what cannot be read the next line counts that begins a table or a pair.
  private void toNextStatement() {
    do {
      text.restOfLine();
    } while (!text.atEnd() && !beginsStatement());
  }

  private boolean beginsStatement() {
    int ahead = spaces(0);
    if (text.peek(ahead) == '[') {
      int next = text.peek(ahead + 1) == '[' ? ahead + 2 : ahead + 1;
      return endOfKey(spaces(next)) > 0;
    }
    int end = endOfKey(ahead);
    return end > 0 && text.peek(end) == '=' && text.peek(end + 1) != '=';
  }

  private int spaces(int from) {
    int ahead = from;
    while (text.peek(ahead) == ' ' || text.peek(ahead) == '\t') {
      ahead++;
    }
    return ahead;
  }

  /// Where a key that begins some places further ends, with the space behind it; 0 for none.
  private int endOfKey(int from) {
    int ahead = from;
    int quote = text.peek(ahead);
    if (quote == '"' || quote == '\'') {
      do {
        ahead++;
        if (text.peek(ahead) == TomlText.END || text.lineEndAt(ahead) > 0) {
          return 0;
        }
      } while (text.peek(ahead) != quote);
      ahead++;
    } else {
      while (isBare(text.peek(ahead)) || ahead > from && text.peek(ahead) == '.') {
        ahead++;
      }
    }
    return ahead == from ? 0 : spaces(ahead);
  }

  private void expression() {
    if (text.peek() == '[') {
      if (text.peek(1) == '[') {
        text.step(2);
        header(true);
      } else {
        text.step();
        header(false);
      }
    } else {
      pair(current, 0);
    }
  }

  private void header(boolean listed) {
    current = new TomlTable(Made.HEADER, text.line(), text.column()); // lost where the header is
    TomlTable table = root;
    for (int depth = 1; ; depth++) {
      text.spaces();
      int line = text.line();
      int column = text.column();
      String key = key();
      text.spaces();
      if (text.peek() == '.') {
        text.step();
        checkDepth(depth);
        table = pass(table, key, line, column);
        continue;
      }
      if (text.peek() != ']' || listed && text.peek(1) != ']') {
        throw text.error(
            "found " + text.here() + " where " + (listed ? "]]" : "]") + " should stand");
      }
      text.step(listed ? 2 : 1);
      current = listed ? item(table, key, line, column) : open(table, key, line, column);
      return;
    }
  }

  /// The table of a name on the way to a longer header.
  private static TomlTable pass(TomlTable table, String key, int line, int column) {
    Slot slot = table.get(key);
    if (slot == null) {
      TomlTable made = new TomlTable(Made.PATH, line, column);
      table.add(key, line, column, made);
      return made;
    }
    return switch (slot.value) {
      case TomlTable inner -> inner;
      case Tables tables -> tables.items().getLast();
      case Closed _ -> throw isValue(slot, line, column);
    };
  }

  private TomlTable open(TomlTable table, String key, int line, int column) {
    Slot slot = table.get(key);
    if (slot == null) {
      TomlTable made = new TomlTable(Made.HEADER, line, column);
      table.add(key, line, column, made);
      return made;
    }
    if (!(slot.value instanceof TomlTable there)) {
      throw isValue(slot, line, column);
    }
    if (there.made != Made.PATH) {
      problem(twice("the table", slot, line, column));
    }
    there.made = Made.HEADER;
    return there;
  }

  private static TomlTable item(TomlTable table, String key, int line, int column) {
    Slot slot = table.get(key);
    if (slot == null) {
      table.add(key, line, column, new Tables(new ArrayList<>()));
      slot = java.util.Objects.requireNonNull(table.get(key));
    }
    if (!(slot.value instanceof Tables tables)) {
      throw isValue(slot, line, column);
    }
    TomlTable made = new TomlTable(Made.HEADER, line, column);
    tables.items().add(made);
    return made;
  }

  /// `a.b = value`.
  private void pair(TomlTable into, int depth) {
    TomlTable table = into;
    int line = text.line();
    int column = text.column();
    String key = key();
    text.spaces();
    for (int dots = 1; text.peek() == '.'; dots++) {
      text.step();
      text.spaces();
      checkDepth(depth + dots);
      table = dotted(table, key, line, column);
      line = text.line();
      column = text.column();
      key = key();
      text.spaces();
    }
    if (text.peek() != '=') {
      throw text.error("found " + text.here() + " where = should stand: name = value");
    }
    text.step();
    text.spaces();
    Tree value = value(depth + 1);
    Slot slot = table.get(key);
    if (slot == null) {
      table.add(key, line, column, new Closed(value));
    } else {
      problem(twice("the key", slot, line, column));
      slot.value = new Closed(value);
    }
  }

  private static TomlTable dotted(TomlTable table, String key, int line, int column) {
    Slot slot = table.get(key);
    if (slot == null) {
      TomlTable made = new TomlTable(Made.DOTTED, line, column);
      table.add(key, line, column, made);
      return made;
    }
    if (slot.value instanceof TomlTable there && there.made != Made.HEADER) {
      there.made = Made.DOTTED;
      return there;
    }
    throw slot.value instanceof TomlTable
        ? twice("the table", slot, line, column)
        : isValue(slot, line, column);
  }

  private Tree value(int depth) {
    checkDepth(depth);
    return switch (text.peek()) {
      case '[' -> array(depth);
      case '{' -> inlineTable(depth);
      default -> values.scalar();
    };
  }

  private Tree array(int depth) {
    int line = text.line();
    int column = text.column();
    List<Tree> items = new ArrayList<>(4);
    text.step();
    int passed = line;
    for (blankInList(); text.peek() != ']'; blankInList()) {
      if (goesOn && text.line() > passed && beginsOther()) {
        problem(unended(line, column, "]"));
        unclosed = true;
        return new Tree.Sequence(items, line, column);
      }
      passed = text.line();
      try {
        items.add(value(depth + 1));
        blankInList();
        if (text.peek() == ',') {
          text.step();
        } else if (text.peek() != ']') {
          throw unended(line, column, "]");
        }
      } catch (SyntaxException e) {
        afterBadItem(e, depth);
      }
    }
    text.step();
    return new Tree.Sequence(items, line, column);
  }

  /// Behind a forgotten comma the text that stands there counts; behind another mistake in a list
  /// of several lines, the next line.
  private void afterBadItem(SyntaxException e, int depth) {
    boolean comma = text.peek() == '"' || text.peek() == '\'';
    if (!goesOn || depth > 1 || text.atEnd() || (!comma && text.lastOfLine() == ']')) {
      throw e;
    }
    problem(e);
    if (!comma) {
      text.restOfLine();
    }
  }

  /// Whether a pair or a header begins where a value should: the list was not closed.
  private boolean beginsOther() {
    if (text.peek() != '[') {
      return beginsStatement();
    }
    int name = text.peek(1) == '[' ? text.peek(2) : text.peek(1);
    return text.column() == 1
        && Character.isLetter(name)
        && beginsStatement()
        && text.lastOfLine() == ']';
  }

  /// Passes what stands between values; behind a conflict marker the values of both sides count.
  private void blankInList() {
    for (text.blank(); atConflict(); text.blank()) {
      problem(text.error(CONFLICT));
      text.restOfLine();
    }
  }

  private Tree inlineTable(int depth) {
    int line = text.line();
    int column = text.column();
    TomlTable table = new TomlTable(Made.DOTTED, line, column);
    text.step();
    for (text.blank(); text.peek() != '}'; text.blank()) {
      pair(table, depth);
      text.blank();
      if (text.peek() == ',') {
        text.step();
      } else if (text.peek() != '}') {
        throw unended(line, column, "}");
      }
    }
    text.step();
    return table.tree();
  }

  private SyntaxException unended(int line, int column, String end) {
    String begun = line == text.line() ? "" : ": it begins at " + line + ":" + column;
    return text.error("found " + text.here() + " where , or " + end + " should stand" + begun);
  }

  /// The key that begins here: bare or in quotes.
  private String key() {
    int next = text.peek();
    String key;
    if (next == '"' || next == '\'') {
      key = values.string();
    } else {
      int start = text.offset();
      while (isBare(text.peek())) {
        text.step();
      }
      if (text.offset() == start) {
        throw text.error(unnamed());
      }
      key = text.since(start);
    }
    String known = keys.putIfAbsent(key, key);
    return known == null ? key : known;
  }

  private String unnamed() {
    return atConflict() ? CONFLICT : "found " + text.here() + " where a name should stand";
  }

  private boolean atConflict() {
    int next = text.peek();
    return text.column() == 1
        && (next == '<' || next == '=' || next == '>' || next == '|')
        && text.peek(6) == next;
  }

  private static boolean isBare(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }

  private void checkDepth(int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw text.error("nested deeper than " + Json.MAX_DEPTH + " levels");
    }
  }

  private static SyntaxException twice(String what, Slot slot, int line, int column) {
    return new SyntaxException(
        line,
        column,
        what + " '" + slot.name + "' stands in line " + slot.line + " already: remove one of them");
  }

  private static SyntaxException isValue(Slot slot, int line, int column) {
    return new SyntaxException(
        line,
        column,
        "'" + slot.name + "' in line " + slot.line + " is no table: nothing can be added to it");
  }
}
