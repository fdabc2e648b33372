package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of one line of a requirement file, as pip's `optparse` reads them.
///
/// @param values long name without dashes → its values in order; a flag has the one value `true`
/// @param rest words that belong to no option: pip ignores them without a word
/// @param problem why pip stops at this line, or null
record RequirementsOptions(
    Map<String, List<String>> values, List<String> rest, @Nullable String problem) {
  private static final Set<String> WITH_VALUE =
      Set.of(
          "index-url",
          "pypi-url",
          "extra-index-url",
          "constraint",
          "requirement",
          "editable",
          "find-links",
          "no-binary",
          "only-binary",
          "trusted-host",
          "use-feature",
          "all-releases",
          "only-final",
          "hash",
          "config-settings",
          "config-setting");
  private static final Set<String> FLAGS =
      Set.of("no-index", "prefer-binary", "require-hashes", "pre");
  private static final Map<Character, String> SHORT =
      Map.of(
          'i', "index-url",
          'c', "constraint",
          'r', "requirement",
          'e', "editable",
          'f', "find-links",
          'C', "config-settings");
  private static final Set<String> STRONG_HASHES = Set.of("sha256", "sha384", "sha512");
  private static final Set<String> FEATURES =
      Set.of(
          "fast-deps",
          "truststore",
          "no-binary-enable-wheel-cache",
          "build-constraint",
          "inprocess-build-deps");

  RequirementsOptions {
    rest = List.copyOf(rest);
  }

  /// The values of an option; empty where it is not there.
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// The first value of an option, or null.
  @Nullable String first(String name) {
    List<String> all = values.get(name);
    return all == null ? null : all.getFirst();
  }

  static RequirementsOptions parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>();
    List<String> words = new ArrayList<>();
    String problem = split(text, words);
    for (int i = 0; i < words.size() && problem == null; i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        rest.addAll(words.subList(i + 1, words.size()));
        break;
      }
      if (word.length() < 2 || word.charAt(0) != '-') {
        rest.add(word);
        continue;
      }
      boolean isLong = word.startsWith("--");
      int equals = isLong ? word.indexOf('=') : -1;
      String written = isLong ? word.substring(2, equals < 0 ? word.length() : equals) : "";
      String name = isLong ? longName(written) : SHORT.get(word.charAt(1));
      if (name == null) {
        problem = "pip knows no option '" + word + "' here: remove it or correct its name";
      } else if (FLAGS.contains(name)) {
        problem = equals < 0 ? null : "the option --" + name + " takes no value";
        values.put(name, List.of("true"));
      } else {
        String value = null;
        if (equals >= 0) {
          value = word.substring(equals + 1);
        } else if (!isLong && word.length() > 2) {
          value = word.substring(2);
        } else if (i + 1 < words.size()) {
          value = words.get(++i);
        }
        problem = value == null ? "the option " + word + " needs a value" : check(name, value);
        if (problem == null && value != null) {
          values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
      }
    }
    return new RequirementsOptions(values, rest, problem);
  }

  private static @Nullable String check(String name, String value) {
    if (name.equals("hash")) {
      int colon = value.indexOf(':');
      if (colon < 0) {
        return "a hash is written --hash=sha256:…, not '" + value + "'";
      }
      if (!STRONG_HASHES.contains(value.substring(0, colon))) {
        return "pip takes hashes of sha256, sha384 and sha512 only, not "
            + value.substring(0, colon);
      }
    }
    if (name.startsWith("config-setting") && value.indexOf('=') < 0) {
      return "a setting is written --" + name + " key=value, not '" + value + "'";
    }
    return name.equals("use-feature") && !FEATURES.contains(value)
        ? "pip knows no feature '" + value + "': remove the option"
        : null;
  }

  /// The option with this name, or the only one that begins so.
  private static @Nullable String longName(String written) {
    if (WITH_VALUE.contains(written) || FLAGS.contains(written)) {
      return canonical(written);
    }
    String found = null;
    for (Set<String> names : List.of(WITH_VALUE, FLAGS)) {
      for (String name : names) {
        if (!written.isEmpty() && name.startsWith(written)) {
          if (found != null && !found.equals(canonical(name))) {
            return null;
          }
          found = canonical(name);
        }
      }
    }
    return found;
  }

  private static String canonical(String name) {
    return switch (name) {
      case "pypi-url" -> "index-url";
      case "config-setting" -> "config-settings";
      default -> name;
    };
  }

  /// Splits as a POSIX shell does; the answer is the problem, or null.
  private static @Nullable String split(String text, List<String> out) {
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        boolean escapes =
            c == '\\'
                && quote == '"'
                && i + 1 < text.length()
                && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\');
        if (escapes) {
          word.append(text.charAt(++i));
        } else if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (c == '\\') {
        if (i + 1 == text.length()) {
          return "nothing follows the '\\' at the end: remove it";
        }
        word.append(text.charAt(++i));
        inWord = true;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        if (inWord) {
          out.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      out.add(word.toString());
    }
    return quote == 0 ? null : "the quote " + quote + " is not closed: close it";
  }
}
