package dev.depslim.ecosystem.node;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The archives that yarn's Plug'n'Play runs packages from:
/// `.yarn/cache/IDENT-npm-VERSION-HASH.zip` beside a `.pnp.cjs`. Without that file they are a mere
/// cache.
final class ZippedPackages {
  private static final Pattern ARCHIVE =
      Pattern.compile("(.+)-npm-(.+?)-[0-9a-f]{10}(?:-[0-9a-z]+)?\\.zip");
  private static final Pattern LOCATION =
      Pattern.compile("([^/\"\\\\]+\\.zip)/node_modules/((?:@[^/\"\\\\]+/)?[^/\"\\\\]+)/");

  /// Takes what is found.
  interface Sink {
    void accept(int file, String name, String version);
  }

  private ZippedPackages() {}

  static void find(ImageFiles files, Sink sink) {
    for (int map : files.named(name -> name.equals(".pnp.cjs") || name.equals(".pnp.js"))) {
      int cache = files.find(files.parent(map), ".yarn/cache");
      if (cache == NONE) {
        continue;
      }
      Map<String, String> names = names(files.content(map));
      for (int file : files.children(cache)) {
        Matcher archive = ARCHIVE.matcher(files.name(file));
        if (files.isFile(file) && archive.matches()) {
          String ident = archive.group(1);
          sink.accept(file, names.getOrDefault(files.name(file), unslug(ident)), archive.group(2));
        }
      }
    }
  }

  private static Map<String, String> names(byte @Nullable [] map) {
    Map<String, String> names = new HashMap<>();
    if (map != null) {
      Matcher location = LOCATION.matcher(new String(map, StandardCharsets.UTF_8));
      while (location.find()) {
        names.put(location.group(1), location.group(2));
      }
    }
    return names;
  }

  /// `@scope-name` stands for `@scope/name`; a scope with a hyphen cannot be told apart.
  private static String unslug(String ident) {
    return ident.startsWith("@") ? ident.replaceFirst("-", "/") : ident;
  }
}
