package dev.depslim.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Package URLs in canonical form, after the purl specification (github.com/package-url/purl-spec).
public final class Purl {
  private Purl() {}

  /// The package URL of a package; without a version where none is known.
  public static String of(Ecosystem ecosystem, String name, @Nullable String version) {
    StringBuilder out = new StringBuilder("pkg:").append(ecosystem.id()).append('/');
    switch (ecosystem) {
      case DEB -> out.append("debian/");
      case APK -> out.append("alpine/");
      case NPM, PYPI, RPM, CONDA, GENERIC -> {}
    }
    String[] segments = ecosystem.normalize(name).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      if (i > 0) {
        out.append('/');
      }
      encode(segments[i], out);
    }
    if (version != null) {
      encode(version, out.append('@'));
    }
    return out.toString();
  }

  private static void encode(String text, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '.'
              || c == '_'
              || c == '~'
              || c == ':';
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(String.format("%02X", (int) c));
      }
    }
  }
}
