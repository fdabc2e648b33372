package dev.depslim.ecosystem.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A dependency that a manifest and the copy of it in a lock state differently.
///
/// @param manifest the row of the manifest, or null where only the lock has it
/// @param locked the row of the lock, or null where only the manifest has it
record SectionChange(String name, @Nullable StatedRow manifest, @Nullable StatedRow locked) {
  /// What differs between two sides. Of a name in several sections the row of the last one counts
  /// on both sides, so the callers order the sections as their package manager does.
  static List<SectionChange> between(List<StatedRow> manifest, List<StatedRow> lock) {
    Map<String, StatedRow> stated = byName(manifest);
    Map<String, StatedRow> locked = byName(lock);
    List<SectionChange> out = new ArrayList<>();
    stated.forEach((name, row) -> {
      StatedRow other = locked.get(name);
      if (other == null || !other.spec().equals(row.spec()) || moved(row, other)) {
        out.add(new SectionChange(name, row, other));
      }
    });
    locked.forEach((name, row) -> {
      if (!stated.containsKey(name)) {
        out.add(new SectionChange(name, null, row));
      }
    });
    return out;
  }

  private static Map<String, StatedRow> byName(List<StatedRow> rows) {
    Map<String, StatedRow> out = new LinkedHashMap<>();
    for (StatedRow row : rows) {
      out.put(row.name(), row);
    }
    return out;
  }

  private static boolean moved(StatedRow one, StatedRow other) {
    return !one.section().equals(other.section());
  }

  /// Whether the two sides ask for the same in different sections.
  boolean isMove() {
    return manifest != null && locked != null && manifest.spec().equals(locked.spec());
  }

  /// Says what differs, with both values.
  ///
  /// @param manifestPath names the manifest
  /// @param lockName file name of the lock
  String what(String manifestPath, String lockName) {
    if (manifest == null) {
      String row = locked == null ? "" : value(locked);
      return lockName + " was made for " + row + ", and " + manifestPath + " does not name it";
    }
    if (locked == null) {
      return manifestPath
          + " asks for "
          + value(manifest)
          + ", and "
          + lockName
          + " was made without it";
    }
    if (isMove()) {
      return "it is in "
          + manifest.section()
          + " of "
          + manifestPath
          + ", and "
          + lockName
          + " was made with it in "
          + locked.section();
    }
    return manifestPath
        + " asks for "
        + value(manifest)
        + ", "
        + lockName
        + " was made for "
        + value(locked);
  }

  private static String value(StatedRow row) {
    return (row.spec().isEmpty() ? "any version" : row.spec()) + " in " + row.section();
  }
}
