package dev.depslim.image.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An operating system and a processor, as images name them.
record Platform(String os, String architecture, @Nullable String variant) {
  /// The platform that engines on this machine run: Linux, whatever is around it.
  static Platform host() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String architecture =
        switch (name) {
          case "x86_64", "amd64" -> "amd64";
          case "aarch64" -> "arm64";
          default -> name;
        };
    return new Platform("linux", architecture, null);
  }

  /// Reads `os/arch[/variant]`, or null where it is something else.
  static @Nullable Platform parse(String text) {
    String[] parts = text.split("/", -1);
    return parts.length < 2 || parts.length > 3
        ? null
        : new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null);
  }

  /// Whether an image of this platform is meant by the wanted one. A variant counts only where both
  /// name one.
  boolean matches(Platform wanted) {
    return os.equals(wanted.os)
        && architecture.equals(wanted.architecture)
        && (variant == null || wanted.variant == null || variant.equals(wanted.variant));
  }

  /// Whether it marks something that is no image: attestations have this platform.
  boolean isUnknown() {
    return os.equals("unknown") || architecture.equals("unknown");
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant == null ? "" : "/" + variant);
  }
}
