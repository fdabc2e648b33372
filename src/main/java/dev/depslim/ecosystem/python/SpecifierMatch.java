package dev.depslim.ecosystem.python;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a version satisfies one clause: "Version specifiers" of PEP 440.
final class SpecifierMatch {
  private SpecifierMatch() {}

  /// @param version null where the candidate is no version of PEP 440; `===` compares the text
  static boolean matches(
      VersionSpecifier.Clause clause, @Nullable Version version, String candidate) {
    if (clause.operator().equals("===")) {
      return Text.strip(candidate)
          .toLowerCase(Locale.ROOT)
          .equals(clause.version().toLowerCase(Locale.ROOT));
    }
    if (version == null) {
      return false;
    }
    boolean prefix = clause.version().endsWith(".*");
    String text = clause.version();
    Version wanted = Version.parse(prefix ? text.substring(0, text.length() - 2) : text);
    if (wanted == null) {
      return false;
    }
    return switch (clause.operator()) {
      case "==" -> prefix ? hasPrefix(version, wanted) : equal(version, wanted);
      case "!=" -> !(prefix ? hasPrefix(version, wanted) : equal(version, wanted));
      case "~=" -> version.withoutLocal().compareTo(wanted) >= 0 && hasPrefix(version, cut(wanted));
      case "<=" -> version.withoutLocal().compareTo(wanted) <= 0;
      case ">=" -> version.withoutLocal().compareTo(wanted) >= 0;
      case "<" -> less(version, wanted);
      default -> greater(version, wanted);
    };
  }

  private static boolean equal(Version version, Version wanted) {
    return (wanted.local() == null ? version.withoutLocal() : version).compareTo(wanted) == 0;
  }

  private static boolean hasPrefix(Version version, Version wanted) {
    if (!version.epoch().equals(wanted.epoch())) {
      return false;
    }
    List<String> release = version.release();
    for (int i = 0; i < wanted.release().size(); i++) {
      String number = i < release.size() ? release.get(i) : "0";
      if (!number.equals(wanted.release().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Version cut(Version wanted) {
    List<String> release = wanted.release();
    return new Version(
        wanted.epoch(), release.subList(0, release.size() - 1), null, null, null, null, null);
  }

  /// A pre-release of the named version is not before it, unless a pre-release is named.
  private static boolean less(Version version, Version wanted) {
    Version limit =
        wanted.isPreRelease()
            ? wanted
            : new Version(wanted.epoch(), wanted.release(), null, null, wanted.post(), "0", null);
    return version.compareTo(limit) < 0;
  }

  /// A post-release or local build of the named version is not after it, unless one is named.
  private static boolean greater(Version version, Version wanted) {
    if (version.compareTo(wanted) <= 0 || version.withoutLocal().compareTo(wanted) == 0) {
      return false;
    }
    if (version.post() == null || wanted.post() != null) {
      return true;
    }
    Version before =
        new Version(
            version.epoch(), version.release(), version.preKind(), version.pre(), null, null, null);
    return before.compareTo(wanted) != 0;
  }
}
