package dev.depslim.classify;

import dev.depslim.model.Glob;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A way to recognise a normalised package name.
sealed interface NamePattern {
  boolean matches(Name name);

  /// A name that is being matched; what several patterns need of it is taken apart once.
  final class Name {
    final String text;
    private @Nullable Set<String> tokens;

    Name(String normalized) {
      this.text = normalized;
    }

    Set<String> tokens() {
      if (tokens == null) {
        tokens = tokensOf(text);
      }
      return tokens;
    }
  }

  /// The runs of letters and digits in a name.
  static Set<String> tokensOf(String name) {
    Set<String> out = new HashSet<>();
    int start = -1;
    for (int i = 0; i <= name.length(); i++) {
      boolean word = i < name.length() && isWord(name.charAt(i));
      if (word && start < 0) {
        start = i;
      } else if (!word && start >= 0) {
        out.add(name.substring(start, i));
        start = -1;
      }
    }
    return out;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /// `*` stands for any run of characters, `/` included, and `?` for one.
  record Wildcard(Glob glob) implements NamePattern {
    @Override
    public boolean matches(Name name) {
      return glob.matches(name.text);
    }
  }

  /// A tool and what is named after it: the name (after the npm scope) is the word, starts with it
  /// or ends with it at a `-`, `_` or `.`; or the npm scope is the word.
  record Family(String word) implements NamePattern {
    @Override
    public boolean matches(Name name) {
      String text = name.text;
      int start = 0;
      if (text.startsWith("@")) {
        int slash = text.indexOf('/');
        if (slash == word.length() + 1 && text.startsWith(word, 1)) {
          return true;
        }
        start = slash + 1;
      }
      int length = text.length() - start;
      if (length == word.length()) {
        return text.startsWith(word, start);
      }
      if (length < word.length() + 1) {
        return false;
      }
      return (text.startsWith(word, start) && isSeparator(text.charAt(start + word.length())))
          || (text.endsWith(word) && isSeparator(text.charAt(text.length() - word.length() - 1)));
    }

    static boolean isSeparator(char c) {
      return c == '-' || c == '_' || c == '.';
    }
  }

  /// All the words stand in the name, in any order.
  record Tokens(List<String> words) implements NamePattern {
    public Tokens {
      words = List.copyOf(words);
    }

    static Tokens of(String text) {
      return new Tokens(Arrays.asList(text.toLowerCase(Locale.ROOT).trim().split("\\s+")));
    }

    @Override
    public boolean matches(Name name) {
      return name.tokens().containsAll(words);
    }
  }
}
