package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What file names and URLs of archives and repositories say about the package in them.
final class Archives {
  private static final String[] EXTENSIONS = {
    ".tar.gz",
    ".tar.bz2",
    ".tar.xz",
    ".tar.lz",
    ".tar.lzma",
    ".whl",
    ".zip",
    ".tgz",
    ".tbz",
    ".txz",
    ".tlz",
    ".tar"
  };

  private Archives() {}

  /// Name and version of a wheel ("File name convention" of the binary distribution format).
  record Wheel(String name, String version) {}

  /// What a wheel's file name says, or null where it is no wheel name.
  static @Nullable Wheel wheel(String fileName) {
    String[] parts = fileName.substring(0, fileName.length() - ".whl".length()).split("-", -1);
    if (parts.length < 5 || parts.length > 6 || !Text.isName(parts[0].replace('_', 'x'))) {
      return null;
    }
    Version version = Version.parse(parts[1].replace('_', '-'));
    return version == null
        ? null
        : new Wheel(Ecosystem.PYPI.normalize(parts[0]), version.toString());
  }

  /// The last segment of a URL's path, decoded.
  static String fileName(String url) {
    String path = withoutFragment(url);
    int query = path.indexOf('?');
    String clean = query < 0 ? path : path.substring(0, query);
    String last = clean.substring(clean.lastIndexOf('/') + 1);
    if (last.indexOf('%') < 0) {
      return last;
    }
    try {
      return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return last;
    }
  }

  static boolean isArchive(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    for (String extension : EXTENSIONS) {
      if (lower.endsWith(extension)) {
        return true;
      }
    }
    return false;
  }

  /// The text behind `#egg=` or `&egg=`, or null.
  static @Nullable String egg(String url) {
    int at = url.indexOf("#egg=");
    if (at < 0) {
      at = url.indexOf("&egg=");
    }
    if (at < 0) {
      return null;
    }
    int end = url.indexOf('&', at + 5);
    String egg = url.substring(at + 5, end < 0 ? url.length() : end);
    return egg.isEmpty() ? null : egg;
  }

  /// A likely package name: of the archive, or of the repository.
  static String guess(String url) {
    String clean = withoutFragment(url);
    boolean hosted = clean.contains("/archive/") || clean.contains("/zipball/");
    if (hosted) {
      String repository = clean.replaceAll("/(archive|zipball)/.*", "");
      return named(repository.substring(repository.lastIndexOf('/') + 1));
    }
    int ref = clean.lastIndexOf('@');
    if (ref > clean.lastIndexOf('/')) {
      clean = clean.substring(0, ref);
    } else if (ref > clean.indexOf("://") + 3
        && clean.indexOf('/', clean.indexOf("://") + 3) < ref) {
      clean = clean.substring(0, ref);
    }
    while (clean.endsWith("/")) {
      clean = clean.substring(0, clean.length() - 1);
    }
    String last = clean.substring(Math.max(clean.lastIndexOf('/'), clean.lastIndexOf(':')) + 1);
    for (String extension : EXTENSIONS) {
      if (last.endsWith(extension)) {
        String stem = last.substring(0, last.length() - extension.length());
        int dash = stem.lastIndexOf('-');
        boolean versioned =
            dash > 0 && dash + 1 < stem.length() && Text.isDigit(stem.charAt(dash + 1));
        return named(versioned ? stem.substring(0, dash) : stem);
      }
    }
    return named(last.endsWith(".git") ? last.substring(0, last.length() - 4) : last);
  }

  private static String named(String text) {
    return text.isEmpty() ? "unknown" : text;
  }

  private static String withoutFragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }
}
