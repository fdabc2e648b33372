package dev.depslim.ecosystem.debian;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.ListedFiles;
import dev.depslim.model.Ecosystem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the database of dpkg: `var/lib/dpkg/status` with the lists in `info/`, or one file for
/// each package in `status.d/` as distroless images have them.
public final class DpkgStatus implements InstalledPackages {
  private static final String DATABASE = "var/lib/dpkg";

  @Override
  public boolean wants(String folder, String name) {
    if (!folder.startsWith("var/lib/")) {
      return false;
    }
    return switch (folder) {
      case "var/lib/dpkg" -> name.equals("status") || name.equals("diversions");
      case "var/lib/dpkg/status.d" -> true;
      case "var/lib/dpkg/info" -> name.endsWith(".list");
      case "var/lib/apt" -> name.equals("extended_states");
      default -> false;
    };
  }

  @Override
  public Result read(ImageFiles files) {
    return new Reading(files).read();
  }

  /// One reading of one image.
  private static final class Reading {
    private final ImageFiles files;
    private final ListedFiles listed;
    private final Diversions diversions;
    private final @Nullable Set<String> automatic;
    private final List<Installed> packages = new ArrayList<>();
    private final List<Stanza> stanzas = new ArrayList<>();
    private final Set<String> lists = new HashSet<>();
    private @Nullable Map<String, String> formerVersions;

    Reading(ImageFiles files) {
      this.files = files;
      this.listed = new ListedFiles(files, files.root());
      this.diversions = new Diversions(content(DATABASE + "/diversions"));
      this.automatic = automatic(content("var/lib/apt/extended_states"));
    }

    Result read() {
      byte[] status = content(DATABASE + "/status");
      if (status != null) {
        for (Stanza stanza : Stanza.parse(status)) {
          if (isInstalled(stanza.get("status"))) {
            add(stanza, listFile(stanza), automatic);
          }
        }
      }
      addDistroless();
      List<Need> needs = needs();
      addRemoved();
      return new Result(packages, needs, List.of());
    }

    private byte @Nullable [] content(String path) {
      int file = files.find(path);
      return file == NONE ? null : files.content(file);
    }

    /// The third word counts: `deinstall ok config-files` and `purge ok not-installed` are not.
    private static boolean isInstalled(String status) {
      String[] words = status.split("\\s+");
      return words.length == 3 && words[2].equals("installed");
    }

    private static @Nullable Set<String> automatic(byte @Nullable [] content) {
      if (content == null) {
        return null;
      }
      Set<String> names = new HashSet<>();
      for (Stanza stanza : Stanza.parse(content)) {
        if (stanza.get("auto-installed").equals("1")) {
          names.add(stanza.get("package"));
        }
      }
      return names;
    }

    private int listFile(Stanza stanza) {
      String name = stanza.get("package");
      String qualified = name + ":" + stanza.get("architecture");
      int file = files.find(DATABASE + "/info/" + qualified + ".list");
      if (file == NONE) {
        file = files.find(DATABASE + "/info/" + name + ".list");
        lists.add(name);
      } else {
        lists.add(qualified);
      }
      return file;
    }

    private void add(Stanza stanza, int list, @Nullable Set<String> automatic) {
      String name = stanza.get("package");
      EnumSet<Trait> traits = EnumSet.of(Trait.SYSTEM);
      if (stanza.isYes("essential")
          || stanza.isYes("protected")
          || stanza.isYes("important")
          || stanza.get("priority").equals("required")) {
        traits.add(Trait.ESSENTIAL);
      }
      if (name.equals("apt")) {
        traits.add(Trait.BASE_TOOL);
      }
      String version = stanza.get("version");
      packages.add(
          new Installed(
              Ecosystem.DEB,
              name,
              version.isEmpty() ? null : version,
              DATABASE,
              list,
              declaredBytes(stanza.get("installed-size")),
              automatic == null ? null : !automatic.contains(name),
              owned(name, list),
              new int[0],
              traits));
      stanzas.add(stanza);
    }

    /// `Installed-Size` is in KiB (Debian policy, section 5.6.20).
    private static @Nullable Long declaredBytes(String kib) {
      try {
        return kib.isEmpty() ? null : Math.multiplyExact(Long.parseLong(kib), 1024L);
      } catch (NumberFormatException | ArithmeticException e) {
        return null;
      }
    }

    private int[] owned(String name, int list) {
      byte[] content = list == NONE ? null : files.content(list);
      if (content != null) {
        list(name, content, files.name(list).endsWith(".md5sums"));
      }
      return listed.take();
    }

    private void list(String name, byte[] content, boolean sums) {
      Stanza.text(content)
          .lines()
          .map(line -> sums ? pathOfSum(line) : line)
          .filter(path -> path.length() > 1)
          .forEach(path -> listed.add(diversions.placeOf(path, name)));
    }

    /// `hash path`, the path relative to the root.
    private static String pathOfSum(String line) {
      int space = line.indexOf("  ");
      return space < 0 ? "" : "/" + line.substring(space + 2);
    }

    private void addDistroless() {
      int folder = files.find(DATABASE + "/status.d");
      if (folder == NONE) {
        return;
      }
      for (int file : files.children(folder)) {
        String name = files.name(file);
        byte[] content = files.content(file);
        if (content == null || name.endsWith(".md5sums") || name.endsWith(".list")) {
          continue;
        }
        for (Stanza stanza : Stanza.parse(content)) {
          if (!stanza.get("package").isEmpty()) {
            add(stanza, files.child(folder, name + ".md5sums"), null);
          }
        }
      }
    }

    /// Lists that a later layer deleted or replaced: what they name is gone and still stored.
    private void addRemoved() {
      int info = files.find(DATABASE + "/info");
      if (info == NONE) {
        return;
      }
      for (int file : files.children(info)) {
        String name = files.name(file);
        if (!name.endsWith(".list")) {
          continue;
        }
        boolean installed =
            files.isLive(file) || lists.contains(name.substring(0, name.length() - 5));
        List<byte[]> earlier = files.earlierContents(file);
        if (installed && earlier.isEmpty()) {
          continue;
        }
        int colon = name.indexOf(':');
        String packageName = name.substring(0, colon < 0 ? name.length() - 5 : colon);
        for (byte[] content : earlier) {
          list(packageName, content, false);
        }
        byte[] last = installed ? null : files.content(file);
        if (last != null) {
          list(packageName, last, false);
        }
        packages.add(
            new Installed(
                Ecosystem.DEB,
                packageName,
                formerVersion(packageName),
                DATABASE,
                file,
                null,
                null,
                listed.take(),
                new int[0],
                Set.of(Trait.SYSTEM, Trait.REMOVED)));
      }
    }

    /// The version that the newest of the earlier databases tells, or null.
    private @Nullable String formerVersion(String name) {
      Map<String, String> versions = formerVersions;
      if (versions == null) {
        versions = new HashMap<>();
        int status = files.find(DATABASE + "/status");
        for (byte[] content : status == NONE ? List.<byte[]>of() : files.earlierContents(status)) {
          for (Stanza stanza : Stanza.parse(content)) {
            if (isInstalled(stanza.get("status"))) {
              versions.putIfAbsent(stanza.get("package"), stanza.get("version"));
            }
          }
        }
        formerVersions = versions;
      }
      return versions.get(name);
    }

    private List<Need> needs() {
      Map<String, List<Integer>> providers = new HashMap<>();
      for (int i = 0; i < stanzas.size(); i++) {
        Stanza stanza = stanzas.get(i);
        providers.computeIfAbsent(stanza.get("package"), _ -> new ArrayList<>()).add(i);
      }
      for (int i = 0; i < stanzas.size(); i++) {
        for (List<String> provided : Relations.parse(stanzas.get(i).get("provides"))) {
          providers.computeIfAbsent(provided.getFirst(), _ -> new ArrayList<>()).add(i);
        }
      }
      List<Need> needs = new ArrayList<>();
      for (int i = 0; i < stanzas.size(); i++) {
        Stanza stanza = stanzas.get(i);
        for (String field : List.of("pre-depends", "depends", "recommends")) {
          for (List<String> group : Relations.parse(stanza.get(field))) {
            Set<Integer> anyOf = new LinkedHashSet<>();
            group.forEach(name -> anyOf.addAll(providers.getOrDefault(name, List.of())));
            if (!anyOf.isEmpty() && !anyOf.contains(i)) {
              // What apt installs and its autoremove keeps (APT::AutoRemove::RecommendsImportant).
              boolean weak = field.equals("recommends");
              needs.add(new Need(i, anyOf.stream().mapToInt(Integer::intValue).toArray(), weak));
            }
          }
        }
      }
      return needs;
    }
  }
}
