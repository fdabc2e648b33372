package dev.depslim.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// A pattern of paths. Holding it against a text takes no longer than the product of their lengths,
/// whatever stands in it: a regular expression may take ages for a few stars.
///
/// All ways through the pattern are followed at once, character by character (Thompson's method).
public final class PathPattern {
  /// What one step of a pattern wants.
  private static final byte CHAR = 0;

  private static final byte NOT_SLASH = 1;
  private static final byte ANY = 2;
  private static final byte SET = 3;

  /// Wants nothing but that no dot follows.
  private static final byte NO_DOT = 4;

  /// Goes on at two places.
  private static final byte SPLIT = 5;

  private static final byte JUMP = 6;
  private static final byte END = 7;

  private final byte[] kinds;
  private final int[] values;
  private final String[] sets;

  private PathPattern(Builder from) {
    this.kinds = Arrays.copyOf(from.kinds, from.size);
    this.values = Arrays.copyOf(from.values, from.size);
    this.sets = from.sets.toArray(String[]::new);
  }

  /// Whether the whole text matches.
  public boolean matches(String text) {
    if (kinds[0] == CHAR && (text.isEmpty() || text.charAt(0) != values[0])) {
      return false;
    }
    Ways now = new Ways(kinds.length);
    Ways next = new Ways(kinds.length);
    enter(now, 0, text, 0);
    for (int i = 0; i < text.length(); i++) {
      if (now.size == 0) {
        return false;
      }
      next.clear();
      for (int k = 0; k < now.size; k++) {
        int at = now.list[k];
        if (takes(at, text.charAt(i))) {
          enter(next, at + 1, text, i + 1);
        }
      }
      Ways free = now;
      now = next;
      next = free;
    }
    return now.size > 0 && now.has(kinds.length - 1);
  }

  private boolean takes(int at, char c) {
    return switch (kinds[at]) {
      case CHAR -> values[at] == c;
      case NOT_SLASH -> c != '/';
      case ANY -> true;
      case SET -> c != '/' && isIn(sets[values[at]], c);
      default -> false;
    };
  }

  /// Notes a place and all that can be reached from it without a further character.
  private void enter(Ways ways, int start, String text, int position) {
    int depth = 0;
    ways.stack[depth++] = start;
    while (depth > 0) {
      int at = ways.stack[--depth];
      if (!ways.add(at)) {
        continue;
      }
      switch (kinds[at]) {
        case JUMP -> ways.stack[depth++] = values[at];
        case SPLIT -> {
          ways.stack[depth++] = values[at];
          ways.stack[depth++] = at + 1;
        }
        case NO_DOT -> {
          if (position == text.length() || text.charAt(position) != '.') {
            ways.stack[depth++] = at + 1;
          }
        }
        default -> {
          // waits for a character
        }
      }
    }
  }

  /// Places in a pattern, each once.
  private static final class Ways {
    final int[] list;
    final int[] stack;
    private final int[] index;
    int size;

    Ways(int places) {
      this.list = new int[places];
      this.stack = new int[2 * places + 2];
      this.index = new int[places];
    }

    boolean has(int place) {
      int at = index[place];
      return at < size && list[at] == place;
    }

    boolean add(int place) {
      if (has(place)) {
        return false;
      }
      index[place] = size;
      list[size++] = place;
      return true;
    }

    void clear() {
      size = 0;
    }
  }

  /// Whether a character is in a set such as `a-z_`, `!` or `^` in front for all others.
  private static boolean isIn(String set, char c) {
    boolean others = set.startsWith("!") || set.startsWith("^");
    for (int i = others ? 1 : 0; i < set.length(); i++) {
      if (set.charAt(i) == '\\' && i + 1 < set.length()) {
        i++;
      }
      char low = set.charAt(i);
      boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
      char high = range ? set.charAt(i + 2) : low;
      if (low <= c && c <= high) {
        return !others;
      }
      i += range ? 2 : 0;
    }
    return others;
  }

  /// Puts a pattern together from its begin to its end.
  public static final class Builder {
    private byte[] kinds = new byte[16];
    private int[] values = new int[16];
    private int size;
    private final List<String> sets = new ArrayList<>();
    private final Deque<Choice> open = new ArrayDeque<>();

    private static final class Choice {
      int split;
      final Deque<Integer> ends = new ArrayDeque<>();
    }

    private int step(byte kind, int value) {
      if (size == kinds.length) {
        kinds = Arrays.copyOf(kinds, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      kinds[size] = kind;
      values[size] = value;
      return size++;
    }

    /// This character.
    public Builder text(char c) {
      step(CHAR, c);
      return this;
    }

    /// One character that is no slash.
    public Builder one() {
      step(NOT_SLASH, 0);
      return this;
    }

    /// One character of a set as it stands between brackets: `a-z`, `!abc`; never a slash.
    public Builder set(String characters) {
      sets.add(characters);
      step(SET, sets.size() - 1);
      return this;
    }

    /// Any run without a slash, also none.
    public Builder run() {
      return repeated(NOT_SLASH);
    }

    /// Any run at all, also none.
    public Builder all() {
      return repeated(ANY);
    }

    private Builder repeated(byte kind) {
      int split = step(SPLIT, 0);
      step(kind, 0);
      step(JUMP, split);
      values[split] = size;
      return this;
    }

    /// No dot follows here.
    public Builder noDot() {
      step(NO_DOT, 0);
      return this;
    }

    /// Any folders, each with its slash behind it, also none.
    ///
    /// @param hidden whether their names may begin with a dot
    public Builder folders(boolean hidden) {
      int split = step(SPLIT, 0);
      if (!hidden) {
        noDot();
      }
      one();
      run();
      text('/');
      step(JUMP, split);
      values[split] = size;
      return this;
    }

    /// Begins a choice; [#or] and [#close] follow.
    public Builder open() {
      Choice choice = new Choice();
      choice.split = step(SPLIT, size + 1);
      open.push(choice);
      return this;
    }

    /// Begins the next alternative of the innermost choice.
    public Builder or() {
      Choice choice = open.element();
      choice.ends.add(step(JUMP, 0));
      values[choice.split] = size;
      choice.split = step(SPLIT, size + 1);
      return this;
    }

    /// Ends the innermost choice.
    public Builder close() {
      Choice choice = open.pop();
      for (int end : choice.ends) {
        values[end] = size;
      }
      return this;
    }

    /// How many choices are open.
    public int openChoices() {
      return open.size();
    }

    /// The pattern.
    public PathPattern build() {
      while (!open.isEmpty()) {
        close();
      }
      step(END, 0);
      return new PathPattern(this);
    }
  }
}
