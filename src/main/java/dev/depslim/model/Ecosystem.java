package dev.depslim.model;

import java.util.Locale;
import java.util.Optional;

/// A family of packages with one name space and one naming rule.
public enum Ecosystem {
  /// Packages of Node.
  NPM("npm"),
  /// Packages of Python, whatever tool installs them.
  PYPI("pypi"),
  /// Debian packages.
  DEB("deb"),
  /// Alpine packages.
  APK("apk"),
  /// RPM packages; named, not looked into.
  RPM("rpm"),
  /// Conda packages; named, not looked into.
  CONDA("conda"),
  /// What is unpacked from an archive without a package manager: the run times node and python.
  GENERIC("generic");

  private final String id;

  Ecosystem(String id) {
    this.id = id;
  }

  /// The name used in reports, rules and package URLs.
  public String id() {
    return id;
  }

  /// The ecosystem with this id, if there is one.
  public static Optional<Ecosystem> named(String id) {
    for (Ecosystem ecosystem : values()) {
      if (ecosystem.id.equals(id)) {
        return Optional.of(ecosystem);
      }
    }
    return Optional.empty();
  }

  /// The form in which two spellings of one package are equal: PEP 503 for PyPI, lower case
  /// elsewhere.
  public String normalize(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (this != PYPI) {
      return lower;
    }
    StringBuilder out = new StringBuilder(lower.length());
    boolean separator = false;
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c == '-' || c == '_' || c == '.') {
        separator = true;
        continue;
      }
      if (separator) {
        out.append('-');
        separator = false;
      }
      out.append(c);
    }
    return separator ? out.append('-').toString() : out.toString();
  }
}
