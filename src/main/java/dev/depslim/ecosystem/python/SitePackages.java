package dev.depslim.ecosystem.python;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Result;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import dev.depslim.ecosystem.ListedFiles;
import dev.depslim.model.Ecosystem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The folders of an image that hold installed packages of Python.
final class SitePackages {
  private static final Set<String> BASE_TOOLS = Set.of("pip", "setuptools", "wheel");

  /// A package before it is known what it needs and who asked for it.
  ///
  /// @param site the folder that it is imported from
  /// @param installer what INSTALLER says, or empty
  /// @param requested whether a REQUESTED file marks it as asked for by name
  record Found(
      int site,
      int evidence,
      CoreMetadata metadata,
      String installer,
      boolean requested,
      boolean live,
      int[] files,
      int[] folders) {
    String name() {
      String name = metadata.name();
      return name == null ? "" : name;
    }
  }

  private final ImageFiles files;
  private final List<Found> found = new ArrayList<>();

  SitePackages(ImageFiles files) {
    this.files = files;
  }

  /// Takes a `*.dist-info`, `*.egg-info` or `*.egg`, where it stands for an installed package.
  void add(int entry) {
    String name = files.name(entry);
    if (isPartOfAnother(entry)) {
      return;
    }
    if (name.endsWith(DistInfo.DIST_INFO)) {
      addDistInfo(entry);
    } else if (files.isFolder(entry)) {
      addEgg(entry, name.endsWith(DistInfo.EGG) ? files.child(entry, "EGG-INFO") : entry);
    } else if (files.isFile(entry)) {
      addSingle(entry, name);
    }
  }

  /// What lies in a `_vendor` folder belongs to the package around it, and what uv keeps unpacked
  /// in its cache is installed nowhere.
  private boolean isPartOfAnother(int entry) {
    for (int at = files.parent(entry); at != files.root(); at = files.parent(at)) {
      String name = files.name(at);
      if (name.equals("_vendor") || name.equals("archive-v0") || name.endsWith(DistInfo.EGG)) {
        return true;
      }
    }
    return false;
  }

  private void addDistInfo(int folder) {
    int site = files.parent(folder);
    int evidence = files.child(folder, "METADATA");
    CoreMetadata metadata = metadata(evidence);
    if (metadata == null) {
      return;
    }
    String record = text(files.child(folder, "RECORD"));
    Claim claim = new Claim(site);
    claim.folders.add(folder);
    if (record == null) {
      claim.byNames(topLevel(folder, metadata));
    } else {
      record.lines().map(SitePackages::recordedPath).forEach(claim::file);
    }
    String installer = text(files.child(folder, "INSTALLER"));
    boolean requested =
        files.child(folder, "REQUESTED") != NONE || files.child(folder, "direct_url.json") != NONE;
    add(site, evidence, metadata, installer == null ? "" : installer.strip(), requested, claim);
  }

  private void addEgg(int folder, int info) {
    int evidence = info == NONE ? NONE : files.child(info, "PKG-INFO");
    CoreMetadata metadata = metadata(evidence);
    if (metadata == null) {
      return;
    }
    String requires = text(files.child(info, "requires.txt"));
    Claim claim = new Claim(info);
    claim.folders.add(folder);
    String installed = text(files.child(info, "installed-files.txt"));
    if (installed != null) {
      installed.lines().forEach(claim::file);
    } else if (folder == info) {
      claim = new Claim(files.parent(folder));
      claim.folders.add(folder);
      claim.byNames(topLevel(info, metadata));
    }
    CoreMetadata complete = requires == null ? metadata : metadata.withRequires(requires);
    add(files.parent(folder), evidence, complete, "", false, claim);
  }

  /// A lone `NAME-VERSION-pyX.Y.egg-info` file holds the headers; a zipped egg is all there is.
  private void addSingle(int file, String name) {
    int site = files.parent(file);
    Claim claim = new Claim(site);
    claim.listed.add(file);
    CoreMetadata metadata = name.endsWith(DistInfo.EGG) ? eggName(name) : metadata(file);
    if (metadata != null) {
      if (name.endsWith(DistInfo.EGG_INFO)) {
        claim.byNames(List.of(metadata.name() == null ? "" : metadata.name()));
      }
      add(site, file, metadata, "", false, claim);
    }
  }

  private static @Nullable CoreMetadata eggName(String name) {
    String[] parts = name.substring(0, name.length() - DistInfo.EGG.length()).split("-", -1);
    return parts.length < 2 ? null : new CoreMetadata(parts[0], parts[1], List.of());
  }

  private @Nullable CoreMetadata metadata(int file) {
    byte[] content = file == NONE ? null : files.content(file);
    CoreMetadata metadata = content == null ? null : CoreMetadata.parse(content);
    return metadata == null || metadata.name() == null ? null : metadata;
  }

  private @Nullable String text(int file) {
    byte[] content = file == NONE ? null : files.content(file);
    return content == null ? null : new String(content, StandardCharsets.UTF_8);
  }

  private List<String> topLevel(int info, CoreMetadata metadata) {
    String names = text(files.child(info, "top_level.txt"));
    if (names != null) {
      return names.lines().map(String::strip).filter(name -> !name.isEmpty()).toList();
    }
    return List.of(metadata.name() == null ? "" : metadata.name());
  }

  /// The first column of a line of RECORD, which is CSV.
  static String recordedPath(String line) {
    if (!line.startsWith("\"")) {
      int comma = line.indexOf(',');
      return comma < 0 ? line : line.substring(0, comma);
    }
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (i + 1 == line.length() || line.charAt(i + 1) != '"') {
          break;
        }
        i++;
      }
      out.append(c);
    }
    return out.toString();
  }

  private void add(
      int site,
      int evidence,
      CoreMetadata metadata,
      String installer,
      boolean requested,
      Claim claim) {
    found.add(
        new Found(
            site,
            evidence,
            metadata,
            installer,
            requested,
            files.isLive(evidence),
            claim.listed.take(),
            claim.folders.stream().mapToInt(Integer::intValue).toArray()));
  }

  /// Collects what a package owns.
  private final class Claim {
    private final int site;
    private final ListedFiles listed;
    private final List<Integer> folders = new ArrayList<>();

    Claim(int site) {
      this.site = site;
      this.listed = new ListedFiles(files, site);
    }

    void file(String path) {
      if (!path.isEmpty()) {
        listed.add(path);
      }
    }

    /// Without a list: the module or folder of each name that can be imported.
    void byNames(List<String> names) {
      for (String name : names) {
        String module = name.replace('-', '_');
        int folder = module.isEmpty() ? NONE : files.child(site, module);
        if (folder != NONE && files.isFolder(folder)) {
          folders.add(folder);
        }
        file(module.isEmpty() ? "" : module + ".py");
      }
    }
  }

  /// Everything that was taken.
  Result result() {
    Map<Integer, Boolean> recorded = recordsRequests();
    List<Installed> packages = new ArrayList<>();
    for (Found it : found) {
      EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
      if (!it.live()) {
        traits.add(Trait.REMOVED);
      }
      String path = files.path(it.site());
      if (BASE_TOOLS.contains(it.name()) && path.matches("usr/(local/)?lib/python[\\d.]+/.*")) {
        traits.add(Trait.BASE_TOOL);
      }
      packages.add(
          new Installed(
              Ecosystem.PYPI,
              it.name(),
              it.metadata().version(),
              path,
              it.evidence(),
              null,
              recorded.getOrDefault(it.site(), false) ? it.requested() : null,
              it.files(),
              it.folders(),
              traits));
    }
    RequiresDist requires = new RequiresDist(files, found);
    return new Result(packages, requires.needs(), requires.extras(), List.of());
  }

  /// Sites whose installer tells what was asked for: pip since 20.2. Others mark nothing, or
  /// everything.
  private Map<Integer, Boolean> recordsRequests() {
    Map<Integer, Boolean> recorded = new HashMap<>();
    for (Found it : found) {
      if (it.installer().equals("pip") && it.requested()) {
        recorded.put(it.site(), true);
      }
    }
    for (Found it : found) {
      if (it.installer().equals("uv")) {
        recorded.put(it.site(), false);
      }
    }
    return recorded;
  }
}
