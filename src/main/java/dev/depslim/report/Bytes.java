package dev.depslim.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Bytes for people, in decimal units: 1 MB is 10⁶ bytes.
final class Bytes {
  private static final long KILO = 1_000;
  private static final long MEGA = 1_000_000;
  private static final long GIGA = 1_000_000_000;

  private Bytes() {}

  /// Such as `611.9 MB`, `3.43 GB`, `4 kB`, `12 B` or `0`.
  static String text(long bytes) {
    if (bytes == 0) {
      return "0";
    }
    if (bytes < 0) {
      return "-" + text(-bytes);
    }
    if (bytes < KILO) {
      return bytes + " B";
    }
    // The limits lie where rounding would print 1000 of the smaller unit.
    if (bytes < MEGA - KILO / 2) {
      return String.format(Locale.ROOT, "%.0f kB", bytes / (double) KILO);
    }
    if (bytes < GIGA - MEGA / 20) {
      return String.format(Locale.ROOT, "%.1f MB", bytes / (double) MEGA);
    }
    return String.format(Locale.ROOT, "%.2f GB", bytes / (double) GIGA);
  }

  /// The same; `unknown` where it is not known.
  static String text(@Nullable Long bytes) {
    return bytes == null ? "unknown" : text(bytes.longValue());
  }

  /// A share such as `30 %`, `0.1 %` or `<0.1 %`; a dash where the whole is 0.
  static String share(long part, long whole) {
    return whole == 0 ? "–" : percent(100.0 * part / whole);
  }

  /// The same for a percentage.
  static String percent(double percent) {
    if (percent > 0 && percent < 0.05) {
      return "<0.1 %";
    }
    return percent > 0 && percent < 0.95
        ? String.format(Locale.ROOT, "%.1f %%", percent)
        : Math.round(percent) + " %";
  }

  /// A bar of eighths of a column; the smallest part of a column for all that is not 0.
  ///
  /// @param columns width of a full bar
  static String bar(long part, long whole, int columns) {
    if (part <= 0 || whole <= 0) {
      return "";
    }
    int eighths = (int) Math.max(1, Math.round(8.0 * columns * part / whole));
    String rest = eighths % 8 == 0 ? "" : String.valueOf((char) ('█' + 8 - eighths % 8));
    return "█".repeat(eighths / 8) + rest;
  }
}
