package dev.depslim.ecosystem.alpine;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.ListedFiles;
import dev.depslim.model.Ecosystem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the database of apk: `lib/apk/db/installed`, since Alpine 3.23 `usr/lib/apk/db/installed`.
/// Lines are `letter:value`; a blank line ends a package (Alpine wiki, "Apk spec"). Versions of it
/// in lower layers tell of packages that were removed or replaced and are stored all the same.
public final class ApkInstalled implements InstalledPackages {
  private static final List<String> DATABASES = List.of("lib/apk/db", "usr/lib/apk/db");

  @Override
  public boolean wants(String folder, String name) {
    return switch (name) {
      case "installed" -> DATABASES.contains(folder);
      case "world" -> folder.equals("etc/apk");
      default -> false;
    };
  }

  @Override
  public Result read(ImageFiles files) {
    Set<Integer> databases = new LinkedHashSet<>();
    for (String folder : DATABASES) {
      int file = files.find(folder + "/installed");
      if (file != NONE) {
        databases.add(file);
      }
    }
    Reading reading = new Reading(files);
    for (int database : databases) {
      byte[] content = files.content(database);
      if (content != null) {
        reading.parse(new String(content, StandardCharsets.UTF_8), database, files.path(database));
      }
    }
    reading.removed = true;
    for (int database : databases) {
      for (byte[] content : files.earlierContents(database)) {
        reading.parse(new String(content, StandardCharsets.UTF_8), database, files.path(database));
      }
    }
    return new Result(reading.packages, reading.needs(), List.of());
  }

  /// One reading of one image.
  private static final class Reading {
    private final ListedFiles listed;
    private final @Nullable Set<String> world;
    private final List<Installed> packages = new ArrayList<>();
    private final List<String> depends = new ArrayList<>();
    private final Map<String, List<Integer>> providers = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    /// Whether what is parsed is no longer installed, unless it was seen before.
    private boolean removed;

    // The package that is being read.
    private String name = "";
    private @Nullable String version;
    private @Nullable Long declared;
    private String needs = "";
    private String provides = "";
    private String folder = "";

    Reading(ImageFiles files) {
      this.listed = new ListedFiles(files, files.root());
      int file = files.find("etc/apk/world");
      byte[] content = file == NONE ? null : files.content(file);
      this.world = content == null ? null : world(new String(content, StandardCharsets.UTF_8));
    }

    private static Set<String> world(String text) {
      Set<String> names = new HashSet<>();
      for (String word : text.split("\\s+")) {
        names.add(bare(word));
      }
      return names;
    }

    void parse(String text, int database, String path) {
      text.lines()
          .forEach(line -> {
            if (line.isEmpty()) {
              finish(database, path);
            } else if (line.length() > 1 && line.charAt(1) == ':') {
              field(line.charAt(0), line.substring(2));
            }
          });
      finish(database, path);
    }

    private void field(char letter, String value) {
      switch (letter) {
        case 'P' -> name = value;
        case 'V' -> version = value;
        case 'I' -> declared = number(value);
        case 'D' -> needs = value;
        case 'p' -> provides = value;
        case 'F' -> folder = value;
        case 'R' -> listed.add(folder + "/" + value);
        default -> {}
      }
    }

    private static @Nullable Long number(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        return null;
      }
    }

    private void finish(int database, String path) {
      int[] owned = listed.take();
      if (!name.isEmpty() && seen.add(name + " " + version)) {
        if (!removed) {
          provide(name);
          for (String word : provides.split(" ", -1)) {
            provide(bare(word));
          }
        }
        packages.add(installed(database, path, owned));
        depends.add(removed ? "" : needs);
      }
      name = "";
      version = null;
      declared = null;
      needs = "";
      provides = "";
      folder = "";
    }

    private void provide(String what) {
      providers.computeIfAbsent(what, _ -> new ArrayList<>()).add(packages.size());
    }

    private Installed installed(int database, String path, int[] owned) {
      EnumSet<Trait> traits = EnumSet.of(Trait.SYSTEM);
      if (removed) {
        traits.add(Trait.REMOVED);
      } else if (name.equals("apk-tools")) {
        traits.add(Trait.BASE_TOOL);
      }
      return new Installed(
          Ecosystem.APK,
          name,
          version,
          path,
          database,
          declared,
          world == null || removed ? null : world.contains(name),
          owned,
          new int[0],
          traits);
    }

    List<Need> needs() {
      List<Need> result = new ArrayList<>();
      for (int i = 0; i < packages.size(); i++) {
        for (String word : depends.get(i).split(" ", -1)) {
          List<Integer> anyOf = providers.getOrDefault(bare(word), List.of());
          // a conflict begins with `!` and is provided by nobody
          if (!word.isEmpty() && !anyOf.isEmpty() && !anyOf.contains(i)) {
            result.add(new Need(i, anyOf.stream().mapToInt(Integer::intValue).toArray()));
          }
        }
      }
      return result;
    }

    /// A name without the version (`so:libc.so=1`, `musl>=1.2`, `a~1`) and repository (`a@edge`).
    private static String bare(String word) {
      int end = 0;
      while (end < word.length() && "=<>~@".indexOf(word.charAt(end)) < 0) {
        end++;
      }
      return word.substring(0, end);
    }
  }
}
