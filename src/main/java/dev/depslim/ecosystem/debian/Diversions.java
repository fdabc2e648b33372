package dev.depslim.ecosystem.debian;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `var/lib/dpkg/diversions`: records of three lines, the path, where it lies instead, and the
/// package whose own file keeps the path (`:` for a local diversion).
final class Diversions {
  private record Diversion(String to, String keeper) {}

  private final Map<String, Diversion> byPath = new HashMap<>();

  Diversions(byte @Nullable [] content) {
    List<String> lines = content == null ? List.of() : Stanza.text(content).lines().toList();
    for (int i = 0; i + 2 < lines.size(); i += 3) {
      byPath.put(lines.get(i), new Diversion(lines.get(i + 1), lines.get(i + 2)));
    }
  }

  /// Where the file lies that a package lists at a path.
  String placeOf(String path, String packageName) {
    Diversion diversion = byPath.get(path);
    return diversion == null || diversion.keeper().equals(packageName) ? path : diversion.to();
  }
}
