package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the file name of an archive says (PyPA, "File name convention" of the binary distribution
/// format and "Source distribution file name").
///
/// @param name in its normal form
/// @param build number and rest of a build tag, or empty
/// @param tags `interpreter-abi-platform`, sorted; none of a source archive
record WheelName(String name, Version version, List<String> build, List<String> tags) {
  private static final Pattern PROJECT =
      Pattern.compile("[\\w._]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern BUILD = Pattern.compile("(\\d+)(.*)");
  private static final int MAX_TAGS = 10_000;

  WheelName {
    build = List.copyOf(build);
    tags = List.copyOf(tags);
  }

  /// The name of a wheel, or null where it is none.
  static @Nullable WheelName parse(String fileName) {
    if (!fileName.endsWith(".whl")) {
      return null;
    }
    String[] parts = fileName.substring(0, fileName.length() - ".whl".length()).split("-", -1);
    if (parts.length < 5 || parts.length > 6) {
      return null;
    }
    Version version = Version.parse(parts[1]);
    Matcher build = BUILD.matcher(parts.length == 6 ? parts[2] : "");
    List<String> tags = tags(parts);
    if (parts[0].contains("__")
        || !PROJECT.matcher(parts[0]).matches()
        || version == null
        || (parts.length == 6 && !build.matches())
        || tags == null) {
      return null;
    }
    List<String> number =
        parts.length == 6 ? List.of(Version.number(build.group(1)), build.group(2)) : List.of();
    return new WheelName(Ecosystem.PYPI.normalize(parts[0]), version, number, tags);
  }

  private static @Nullable List<String> tags(String[] parts) {
    String[] interpreters = parts[parts.length - 3].split("\\.", -1);
    String[] abis = parts[parts.length - 2].split("\\.", -1);
    String[] platforms = parts[parts.length - 1].split("\\.", -1);
    if ((long) interpreters.length * abis.length * platforms.length > MAX_TAGS) {
      return null;
    }
    TreeSet<String> out = new TreeSet<>();
    for (String interpreter : interpreters) {
      if (interpreter.isEmpty() || !isIdentifier(interpreter)) {
        return null;
      }
      for (String abi : abis) {
        for (String platform : platforms) {
          if (abi.isEmpty() || platform.isEmpty()) {
            return null;
          }
          out.add(interpreter + "-" + abi + "-" + platform);
        }
      }
    }
    return List.copyOf(out);
  }

  private static boolean isIdentifier(String text) {
    return Character.isUnicodeIdentifierStart(text.charAt(0)) || text.charAt(0) == '_'
        ? text.chars().allMatch(Character::isUnicodeIdentifierPart)
        : false;
  }

  /// The name of a source archive, or null where it is none.
  static @Nullable WheelName source(String fileName) {
    String extension = fileName.endsWith(".zip") ? ".zip" : ".tar.gz";
    String stem =
        fileName.endsWith(extension)
            ? fileName.substring(0, fileName.length() - extension.length())
            : "";
    int dash = stem.lastIndexOf('-');
    Version version = dash < 1 ? null : Version.parse(stem.substring(dash + 1));
    return version == null
        ? null
        : new WheelName(
            Ecosystem.PYPI.normalize(stem.substring(0, dash)), version, List.of(), List.of());
  }
}
