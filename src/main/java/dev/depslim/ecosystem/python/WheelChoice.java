package dev.depslim.ecosystem.python;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which of a package's archives an installer takes: the wheel whose tags fit best (PyPA, "Platform
/// compatibility tags"), else the source archive.
///
/// The environment is that of a container: CPython on Linux x86-64 with glibc.
public final class WheelChoice {
  /// An archive that a lock names.
  ///
  /// @param fileName such as `numpy-2.1.0-cp312-cp312-manylinux_2_17_x86_64.whl`
  /// @param bytes its size, or null where the lock does not say
  public record Archive(String fileName, @Nullable Long bytes) {}

  private static final Pattern INTERPRETER = Pattern.compile("(cp|py)(\\d)(\\d*)");
  private static final Pattern LOWER_BOUND = Pattern.compile("(\\d+)\\.(\\d+)(?:\\..*)?");

  /// Minor version of Python 3, or -1 where any will do.
  private final int minor;

  private WheelChoice(int minor) {
    this.minor = minor;
  }

  /// For the oldest Python 3 that a project takes; where it does not say, each wheel's own.
  ///
  /// @param requiresPython such as `>=3.12,<4`, or null
  public static WheelChoice oldest(@Nullable String requiresPython) {
    VersionSpecifier specifier =
        requiresPython == null ? null : VersionSpecifier.parse(requiresPython);
    int oldest = -1;
    if (specifier != null) {
      for (VersionSpecifier.Clause clause : specifier.clauses()) {
        Matcher version = LOWER_BOUND.matcher(clause.version());
        boolean bounds = !clause.operator().startsWith("<") && !clause.operator().equals("!=");
        if (bounds && version.matches() && version.group(1).equals("3")) {
          oldest = Math.max(oldest, number(version.group(2)));
        }
      }
    }
    return new WheelChoice(oldest);
  }

  /// Bytes of the archive that is taken; null where none fits or its size is not known.
  public @Nullable Long bytes(List<Archive> wheels, @Nullable Archive source) {
    Archive best = best(wheels);
    Archive taken = best == null ? source : best;
    return taken == null ? null : taken.bytes();
  }

  /// The wheel that is taken; null where none fits.
  @Nullable Archive best(List<Archive> wheels) {
    Archive best = null;
    int bestRank = 0;
    for (Archive wheel : wheels) {
      int rank = rank(wheel.fileName());
      if (rank > bestRank) {
        best = wheel;
        bestRank = rank;
      }
    }
    return best;
  }

  /// The Python that wheels are chosen for, such as `3.12`, or `any`.
  String target() {
    return minor < 0 ? "any" : "3." + minor;
  }

  /// How well a wheel fits, the best highest; 0 where it does not.
  int rank(String fileName) {
    if (!fileName.endsWith(".whl")) {
      return 0;
    }
    String[] parts = fileName.substring(0, fileName.length() - 4).split("-", -1);
    if (parts.length < 5) {
      return 0;
    }
    int platform = platform(parts[parts.length - 1]);
    if (platform == 0) {
      return 0;
    }
    int best = 0;
    for (String abi : parts[parts.length - 2].split("\\.", -1)) {
      for (String interpreter : parts[parts.length - 3].split("\\.", -1)) {
        best = Math.max(best, interpreter(interpreter, abi));
      }
    }
    return best == 0 ? 0 : 1000 * best + platform;
  }

  /// Wheels for Linux before those for every platform, newer ones first.
  private static int platform(String tags) {
    int best = 0;
    for (String tag : tags.split("\\.", -1)) {
      if (tag.equals("any")) {
        best = Math.max(best, 1);
      } else if (tag.endsWith("_x86_64")
          && (tag.startsWith("manylinux") || tag.startsWith("linux"))) {
        best = Math.max(best, 2 + glibc(tag));
      }
    }
    return best;
  }

  private static int glibc(String tag) {
    return switch (tag) {
      case "linux_x86_64" -> 0;
      case "manylinux1_x86_64" -> 5;
      case "manylinux2010_x86_64" -> 12;
      case "manylinux2014_x86_64" -> 17;
      default -> {
        String[] parts = tag.split("_", -1);
        yield parts.length > 2 && parts[0].equals("manylinux") ? number(parts[2]) : 0;
      }
    };
  }

  /// An exact build, then the stable interface of this or the nearest older version, then pure
  /// Python.
  private int interpreter(String tag, String abi) {
    Matcher matcher = INTERPRETER.matcher(tag);
    if (!matcher.matches() || !matcher.group(2).equals("3")) {
      return 0;
    }
    int version = matcher.group(3).isEmpty() ? 0 : number(matcher.group(3));
    int ours = minor < 0 ? version : minor;
    if (matcher.group(1).equals("py")) {
      return abi.equals("none") && version <= ours ? 1 + Math.min(version, 99) : 0;
    }
    if (abi.equals("abi3") && version <= ours) {
      return 200 + Math.min(version, 99);
    }
    boolean same = version == ours;
    if (abi.equals("none")) {
      return same ? 300 : 0;
    }
    return same && abi.matches("cp3" + version + "m?") ? 400 + (minor < 0 ? version : 0) : 0;
  }

  private static int number(String digits) {
    return digits.isEmpty() || !Text.isNumber(digits)
        ? 0
        : new BigInteger(digits).min(BigInteger.valueOf(99)).intValue();
  }
}
