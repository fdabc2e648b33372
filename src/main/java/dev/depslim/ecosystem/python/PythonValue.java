package dev.depslim.ecosystem.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an expression of Python is known to be without running it.
///
/// Lines and columns say where the value begins in the source, counted from 1.
sealed interface PythonValue {
  int line();

  int column();

  /// Text.
  record Text(String text, int line, int column) implements PythonValue {}

  /// A list, tuple or set; an item may be computed.
  record Items(List<PythonValue> items, int line, int column) implements PythonValue {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// A dictionary; a later pair of the same key counts.
  record Pairs(List<Pair> pairs, int line, int column) implements PythonValue {
    public Pairs {
      pairs = List.copyOf(pairs);
    }

    /// The value of a key, or null.
    @Nullable PythonValue get(String key) {
      for (int i = pairs.size() - 1; i >= 0; i--) {
        if (pairs.get(i).key() instanceof Text text && text.text().equals(key)) {
          return pairs.get(i).value();
        }
      }
      return null;
    }
  }

  /// One pair of a dictionary.
  record Pair(PythonValue key, PythonValue value) {}

  /// `None`, a number, or another value that holds no text.
  record Other(int line, int column) implements PythonValue {}

  /// What only running the code would tell.
  record Computed(int line, int column) implements PythonValue {}
}
