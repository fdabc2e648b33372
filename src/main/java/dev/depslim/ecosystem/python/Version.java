package dev.depslim.ecosystem.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A version after PEP 440; numbers are decimal text without leading zeros, of any length.
///
/// `compareTo` is the order of PEP 440, in which `1.0` and `1.0.0` are the same version; `equals`
/// compares the parts as they were written.
///
/// @param epoch `0` where none is written
/// @param release at least one number
/// @param preKind `a`, `b` or `rc`, or null
/// @param pre number of the pre-release, or null
/// @param post number of the post-release, or null
/// @param dev number of the development release, or null
/// @param local label behind the `+` with `.` as the only separator, or null
public record Version(
    String epoch,
    List<String> release,
    @Nullable String preKind,
    @Nullable String pre,
    @Nullable String post,
    @Nullable String dev,
    @Nullable String local)
    implements Comparable<Version> {
  public Version {
    release = List.copyOf(release);
  }

  /// The version that a text spells, white space around it allowed; null where it is none.
  public static @Nullable Version parse(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && Text.isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && Text.isSpace(text.charAt(end - 1))) {
      end--;
    }
    VersionScanner scanner = new VersionScanner(text, start, end);
    return scanner.scan(true) && scanner.position() == end ? scanner.version() : null;
  }

  /// Whether this is a pre-release or a development release.
  public boolean isPreRelease() {
    return pre != null || dev != null;
  }

  /// Whether this is a release and nothing else.
  boolean isFinal() {
    return pre == null && post == null && dev == null && local == null;
  }

  /// Whether this is a post-release.
  public boolean isPostRelease() {
    return post != null;
  }

  /// Epoch and release alone.
  public Version base() {
    return new Version(epoch, release, null, null, null, null, null);
  }

  /// The same version with the shortest release: `1` for `1.0.0`.
  Version withoutTrailingZeros() {
    int size = release.size();
    while (size > 1 && release.get(size - 1).equals("0")) {
      size--;
    }
    return new Version(epoch, release.subList(0, size), preKind, pre, post, dev, local);
  }

  /// The first development release on the way to it, before all its pre-releases.
  Version firstDevelopment() {
    return new Version(epoch, release, preKind, pre, post, "0", null);
  }

  /// The release, or pre-release, that it comes after.
  Version withoutPost() {
    return new Version(epoch, release, preKind, pre, null, null, null);
  }

  /// The version without its local label.
  public Version withoutLocal() {
    return local == null ? this : new Version(epoch, release, preKind, pre, post, dev, null);
  }

  /// The normal form of PEP 440.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    if (!epoch.equals("0")) {
      out.append(epoch).append('!');
    }
    out.append(String.join(".", release));
    if (preKind != null) {
      out.append(preKind).append(pre);
    }
    if (post != null) {
      out.append(".post").append(post);
    }
    if (dev != null) {
      out.append(".dev").append(dev);
    }
    return local == null ? out.toString() : out.append('+').append(local).toString();
  }

  @Override
  public int compareTo(Version other) {
    int order = compareNumbers(epoch, other.epoch);
    if (order == 0) {
      order = compareRelease(release, other.release);
    }
    if (order == 0) {
      order = Integer.compare(preRank(), other.preRank());
    }
    if (order == 0 && pre != null && other.pre != null) {
      order = compareNumbers(pre, other.pre);
    }
    if (order == 0) {
      order = compareOptional(post, other.post, -1);
    }
    if (order == 0) {
      order = compareOptional(dev, other.dev, 1);
    }
    return order == 0 ? compareLocal(local, other.local) : order;
  }

  /// Where the phase stands among those of one release: development only, a, b, rc, final.
  private int preRank() {
    if (preKind == null) {
      return post == null && dev != null ? -1 : 3;
    }
    return switch (preKind) {
      case "a" -> 0;
      case "b" -> 1;
      default -> 2;
    };
  }

  static int compareNumbers(String a, String b) {
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static int compareRelease(List<String> a, List<String> b) {
    int size = Math.max(a.size(), b.size());
    for (int i = 0; i < size; i++) {
      int order = compareNumbers(i < a.size() ? a.get(i) : "0", i < b.size() ? b.get(i) : "0");
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /// @param absent what a missing number is against a written one
  private static int compareOptional(@Nullable String a, @Nullable String b, int absent) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? absent : -absent;
    }
    return compareNumbers(a, b);
  }

  private static int compareLocal(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    List<String> left = split(a);
    List<String> right = split(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      String x = left.get(i);
      String y = right.get(i);
      boolean xNumber = Text.isDigit(x.charAt(0)) && Text.isNumber(x);
      boolean yNumber = Text.isDigit(y.charAt(0)) && Text.isNumber(y);
      int order =
          xNumber != yNumber ? (xNumber ? 1 : -1) : xNumber ? compareNumbers(x, y) : x.compareTo(y);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<String> split(String local) {
    List<String> out = new ArrayList<>();
    int from = 0;
    for (int dot = local.indexOf('.'); dot >= 0; dot = local.indexOf('.', from)) {
      out.add(local.substring(from, dot));
      from = dot + 1;
    }
    out.add(local.substring(from));
    return out;
  }

  /// The number behind one.
  static String next(String number) {
    return new BigInteger(number).add(BigInteger.ONE).toString();
  }

  /// Digits without leading zeros.
  static String number(String digits) {
    int from = 0;
    while (from < digits.length() - 1 && digits.charAt(from) == '0') {
      from++;
    }
    return digits.substring(from);
  }

  /// A local label in its normal form.
  static String normalizeLocal(String label) {
    String[] parts = label.toLowerCase(Locale.ROOT).split("[-_.]", -1);
    for (int i = 0; i < parts.length; i++) {
      if (Text.isNumber(parts[i])) {
        parts[i] = number(parts[i]);
      }
    }
    return String.join(".", parts);
  }
}
