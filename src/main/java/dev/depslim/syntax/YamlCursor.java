package dev.depslim.syntax;

import dev.depslim.syntax.YamlTokens.Kind;
import org.jspecify.annotations.Nullable;

/// Reads YAML from front to back without building a tree: for lock files, which are large.
///
/// ```java
/// YamlCursor yaml = YamlCursor.over(bytes);
/// while (yaml.nextDocument()) {
///   for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
///     if (key.equals("version")) version = yaml.text(); else yaml.skip();
///   }
/// }
/// ```
///
/// Every value must be consumed by exactly one of `text`, `skip`, `enterMapping` … `nextKey`,
/// `enterSequence` … `nextItem`. Scalars have no type: all are text.
public final class YamlCursor {
  private static final int MAX_BYTES = 64 << 20;

  private final YamlTokens tokens;
  private int at;
  private int key;

  private YamlCursor(YamlTokens tokens) {
    this.tokens = tokens;
  }

  /// A cursor before the first document.
  ///
  /// @throws SyntaxException where the text is not YAML, larger than 64 MiB or too deep, or where
  ///   an alias stands for a mapping or a sequence
  public static YamlCursor over(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new SyntaxException(0, 0, "larger than 64 MiB");
    }
    YamlTokens tokens = BlockYaml.read(bytes);
    return new YamlCursor(tokens == null ? YamlEvents.read(bytes) : tokens);
  }

  /// Moves to the value of the next document; false where there is none.
  public boolean nextDocument() {
    while (at < tokens.size()) {
      if (tokens.kind(at++) == Kind.DOCUMENT) {
        return true;
      }
    }
    return false;
  }

  /// Whether no other document follows.
  public boolean isLastDocument() {
    for (int i = at; i < tokens.size(); i++) {
      if (tokens.kind(i) == Kind.DOCUMENT) {
        return false;
      }
    }
    return true;
  }

  /// Line of the current value, counted from 1.
  public int line() {
    return tokens.line(at);
  }

  /// Column of the current value, counted from 1.
  public int column() {
    return tokens.column(at);
  }

  /// Line of the last key, counted from 1.
  public int keyLine() {
    return tokens.line(key);
  }

  /// Column of the last key, counted from 1.
  public int keyColumn() {
    return tokens.column(key);
  }

  /// Whether the current value is a mapping.
  public boolean isMapping() {
    return tokens.kind(at) == Kind.MAPPING;
  }

  /// Whether the current value is a sequence.
  public boolean isSequence() {
    return tokens.kind(at) == Kind.SEQUENCE;
  }

  /// Whether the current value is nothing: `key:` and no more.
  public boolean isEmpty() {
    return tokens.kind(at) == Kind.SCALAR && tokens.text(at).isEmpty();
  }

  /// Enters the current mapping: its first key, with the cursor on the value; null where it is
  /// empty. A value of another kind is skipped and counts as empty.
  public @Nullable String enterMapping() {
    if (!isMapping()) {
      skip();
      return null;
    }
    at++;
    return nextKey();
  }

  /// The next key of the mapping, with the cursor on its value; null at its end.
  ///
  /// @throws SyntaxException where the key is a mapping or a sequence
  public @Nullable String nextKey() {
    if (tokens.kind(at) == Kind.MAPPING_END) {
      at++;
      return null;
    }
    if (tokens.kind(at) != Kind.SCALAR) {
      throw new SyntaxException(line(), column(), "a key that is not plain text");
    }
    key = at++;
    return tokens.text(key);
  }

  /// Enters the current sequence: whether it has a first item, with the cursor on it. A value of
  /// another kind is skipped and counts as empty.
  public boolean enterSequence() {
    if (!isSequence()) {
      skip();
      return false;
    }
    at++;
    return nextItem();
  }

  /// Whether the sequence has another item, with the cursor on it.
  public boolean nextItem() {
    if (tokens.kind(at) != Kind.SEQUENCE_END) {
      return true;
    }
    at++;
    return false;
  }

  /// The current value where it is a scalar, else null; a mapping or sequence is skipped.
  public @Nullable String text() {
    if (tokens.kind(at) == Kind.SCALAR) {
      return tokens.text(at++);
    }
    skip();
    return null;
  }

  /// Whether the current value is `true`; a mapping or sequence is skipped.
  public boolean flag() {
    return "true".equals(text());
  }

  /// Passes over the current value with all its parts.
  public void skip() {
    int open = 0;
    do {
      switch (tokens.kind(at++)) {
        case MAPPING, SEQUENCE -> open++;
        case MAPPING_END, SEQUENCE_END -> open--;
        case SCALAR, DOCUMENT -> {
          // one part
        }
      }
    } while (open > 0);
  }
}
