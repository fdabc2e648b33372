package dev.depslim.ecosystem.node;

import org.jspecify.annotations.Nullable;

/// The keys under which a lock of pnpm keeps its packages (pnpm's "dependency path"):
/// `/a/1.0.0_b@2.0.0` up to format 5, `/a@1.0.0(b@2.0.0)` in 6, `a@1.0.0(b@2.0.0)` from 7 on. What
/// the peers resolved to is a part of the key: one package may stand there several times.
///
/// @param name the package, or null where the key does not say
/// @param version a version of a registry, or null where the key has another source instead
record PnpmKey(@Nullable String name, @Nullable String version) {
  /// How keys are built.
  enum Style {
    /// `/a/1.0.0`: up to format 5.
    SLASH,
    /// `/a@1.0.0`: format 6.
    SLASH_AT,
    /// `a@1.0.0`: from format 7 on.
    AT
  }

  private static final PnpmKey UNKNOWN = new PnpmKey(null, null);

  static PnpmKey parse(String key, Style style) {
    return switch (style) {
      case AT -> at(withoutPeers(key), 0);
      case SLASH_AT -> slashAt(withoutPeers(key));
      case SLASH -> slash(key);
    };
  }

  /// The key without what the peers resolved to, as format 7 and later write it in `packages`.
  static String withoutPeers(String key) {
    if (!key.endsWith(")")) {
      return key;
    }
    int open = 0;
    for (int i = key.length() - 1; i >= 0; i--) {
      char c = key.charAt(i);
      if (c == ')') {
        open++;
      } else if (c == '(' && --open == 0 && (i == 0 || key.charAt(i - 1) != ')')) {
        return key.substring(0, i);
      }
    }
    return key;
  }

  /// The key that a requirement refers to.
  ///
  /// @param name the required name
  /// @param reference the version as the lock has it below the requirement
  static String of(String name, String reference, Style style) {
    return switch (style) {
      case AT -> isAtKey(reference) ? reference : name + "@" + reference;
      case SLASH_AT -> isPath(withoutPeers(reference)) ? reference : "/" + name + "@" + reference;
      case SLASH -> isPath(reference) ? reference : "/" + name + "/" + reference;
    };
  }

  private static boolean isPath(String reference) {
    return reference.startsWith("file:") || reference.indexOf('/') >= 0;
  }

  private static boolean isAtKey(String reference) {
    if (reference.startsWith("@")) {
      return true;
    }
    int at = reference.indexOf('@');
    if (at < 0) {
      return false;
    }
    int colon = reference.indexOf(':');
    int bracket = reference.indexOf('(');
    return (colon < 0 || at < colon) && (bracket < 0 || at < bracket);
  }

  /// Reads `name@version` or `name@source` from a position on.
  private static PnpmKey at(String key, int from) {
    int separator = key.indexOf('@', from + 1);
    if (separator < 0) {
      return UNKNOWN;
    }
    String source = key.substring(separator + 1);
    if (source.startsWith("runtime:")) {
      source = source.substring("runtime:".length());
    }
    return new PnpmKey(key.substring(from, separator), isVersion(source) ? source : null);
  }

  private static PnpmKey slashAt(String key) {
    int start = key.indexOf('/') + 1; // a registry other than the usual one stands before it
    PnpmKey parsed = start == 0 ? UNKNOWN : at(key, start);
    return parsed.version == null ? slash(key) : parsed;
  }

  private static PnpmKey slash(String key) {
    int start = key.indexOf('/') + 1;
    if (start == 0 || start == key.length() || key.startsWith("file:")) {
      return UNKNOWN;
    }
    int slash = key.indexOf('/', start);
    if (slash > 0 && key.charAt(start) == '@') {
      slash = key.indexOf('/', slash + 1);
    }
    if (slash < 0) {
      return UNKNOWN;
    }
    String version = withoutPeers(key.substring(slash + 1));
    int peers = version.indexOf('_');
    version = peers < 0 ? version : version.substring(0, peers);
    return isVersion(version) ? new PnpmKey(key.substring(start, slash), version) : UNKNOWN;
  }

  /// Whether the text begins like a version; keys have no ranges.
  private static boolean isVersion(String text) {
    return !text.isEmpty()
        && text.charAt(0) >= '0'
        && text.charAt(0) <= '9'
        && text.indexOf('.') > 0
        && text.indexOf('/') < 0;
  }
}
