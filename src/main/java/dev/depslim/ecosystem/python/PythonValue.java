package dev.depslim.ecosystem.python;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an expression of Python is known to be without running it.
///
/// Lines and columns say where the value begins in the source, counted from 1. Lists and
/// dictionaries are those of Python: whoever holds one sees what is added to it later.
sealed interface PythonValue {
  /// Stands in a text for a part that only running the code would tell.
  String UNKNOWN = "\uFFFC";

  int line();

  int column();

  /// Text, in which [#UNKNOWN] stands for what is computed.
  record Text(String text, int line, int column) implements PythonValue {}

  /// What a file of the project says, or a part of it.
  ///
  /// @param path relative to the analysed root
  record FileText(String path, int line, int column) implements PythonValue {}

  /// A list, tuple or set; an item may be computed.
  record Items(List<PythonValue> items, int line, int column) implements PythonValue {}

  /// A dictionary; a later pair of the same key counts.
  ///
  /// @param keys those that are known
  record Pairs(List<Pair> pairs, Set<String> keys, int line, int column) implements PythonValue {
    Pairs(List<Pair> pairs, int line, int column) {
      this(pairs, new HashSet<>(), line, column);
      pairs.forEach(this::note);
    }

    private void note(Pair pair) {
      if (pair.key() instanceof Text key) {
        keys.add(key.text());
      }
    }

    /// The value of a key, or null.
    @Nullable PythonValue get(String key) {
      if (!keys.contains(key)) {
        return null;
      }
      for (int i = pairs.size() - 1; i >= 0; i--) {
        if (pairs.get(i).key() instanceof Text text && text.text().equals(key)) {
          return pairs.get(i).value();
        }
      }
      return null;
    }

    /// Adds pairs; those of the same keys go.
    void put(List<Pair> more) {
      for (Pair pair : List.copyOf(more)) {
        if (pair.key() instanceof Text key && keys.contains(key.text())) {
          pairs.removeIf(
              known -> known.key() instanceof Text text && text.text().equals(key.text()));
        }
        pairs.add(pair);
        note(pair);
      }
    }
  }

  /// One pair of a dictionary.
  record Pair(PythonValue key, PythonValue value) {}

  /// `None`, a number, or another value that holds no text.
  record Other(int line, int column) implements PythonValue {}

  /// What only running the code would tell.
  record Computed(int line, int column) implements PythonValue {}
}
