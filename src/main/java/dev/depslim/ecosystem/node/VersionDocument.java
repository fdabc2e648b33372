package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a registry says of one version of a package.
///
/// @param unpackedSize bytes of all its files; -1 where the client that published it did not count
///   them, as those before 2018
/// @param tarball address of its archive, or null
record VersionDocument(
    long unpackedSize,
    @Nullable String tarball,
    List<String> os,
    List<String> cpu,
    List<String> libc) {
  /// The document of one version, which stands under the cursor.
  static VersionDocument read(JsonCursor json) {
    long size = -1;
    String tarball = null;
    List<String> os = List.of();
    List<String> cpu = List.of();
    List<String> libc = List.of();
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      switch (name) {
        case "dist" -> {
          for (String key = json.enterObject(); key != null; key = json.nextName()) {
            switch (key) {
              case "unpackedSize" -> size = json.number(-1);
              case "tarball" -> tarball = json.string();
              default -> json.skip();
            }
          }
        }
        case "os" -> os = Platforms.strings(json);
        case "cpu" -> cpu = Platforms.strings(json);
        case "libc" -> libc = Platforms.strings(json);
        default -> json.skip();
      }
    }
    return new VersionDocument(size, tarball, os, cpu, libc);
  }

  /// The document of one version in that of all of a package; null where it is not there.
  static @Nullable VersionDocument of(JsonCursor json, String version) {
    VersionDocument found = null;
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      if (!name.equals("versions")) {
        json.skip();
        continue;
      }
      for (String each = json.enterObject(); each != null; each = json.nextName()) {
        if (each.equals(version)) {
          found = read(json);
        } else {
          json.skip();
        }
      }
    }
    return found;
  }

  /// Whether npm installs it on Linux x86-64 with glibc.
  boolean isForContainers() {
    return Platforms.admits(os, "linux")
        && Platforms.admits(cpu, "x64")
        && Platforms.admits(libc, "glibc");
  }
}
