package dev.depslim.ecosystem.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.net.Http;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a lock says of the archives of its packages: their names and addresses, the index that they
/// come from, and the Python that they are for.
final class LockedWheels {
  private static final Pattern PYTHON = Pattern.compile("(?:^|[^.\\d])(3\\.\\d+)");
  private static final Entry NOTHING = new Entry(List.of(), null);

  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private @Nullable String requiresPython;

  /// What is said of one package.
  ///
  /// @param files empty where the lock does not name them
  /// @param index address as written, or null
  record Entry(List<NamedFile> files, @Nullable String index) {
    Entry {
      files = List.copyOf(files);
    }
  }

  /// A file of a package.
  ///
  /// @param address null where only the name is known
  /// @param bytes its size as it is transferred, or null
  record NamedFile(String name, @Nullable URI address, @Nullable Long bytes) {}

  private LockedWheels() {}

  static String key(String name, String version) {
    return Ecosystem.PYPI.normalize(name) + "\0" + version;
  }

  /// What a lock of some kind says; nothing where it cannot be read.
  static LockedWheels in(SourceFile lock, String kind, ProjectFiles files) {
    LockedWheels wheels = new LockedWheels();
    try {
      switch (kind) {
        case "uv.lock" -> wheels.toml(Toml.parse(lock.bytes()), "package");
        case "pylock.toml" -> wheels.toml(Toml.parse(lock.bytes()), "packages");
        case "poetry.lock", "pdm.lock" -> {
          Tree.Mapping root = Toml.parse(lock.bytes());
          wheels.toml(root, "package");
          wheels.fileLists(root);
        }
        case "Pipfile.lock" -> wheels.pipfile(Json.parse(lock.bytes()));
        default -> wheels.compiled(new String(lock.bytes(), UTF_8));
      }
    } catch (SyntaxException _) {
      // the reader of the lock has said so
    }
    if (wheels.requiresPython == null) {
      wheels.requiresPython = beside(lock, files);
    }
    return wheels;
  }

  private static @Nullable String beside(SourceFile lock, ProjectFiles files) {
    byte[] bytes = files.read(Paths.below(lock.folder(), "pyproject.toml"));
    try {
      Tree.Mapping project = bytes == null ? null : Toml.parse(bytes).mapping("project");
      return project == null ? null : project.string("requires-python");
    } catch (SyntaxException _) {
      return null;
    }
  }

  private void toml(Tree.Mapping root, String list) {
    Tree.Mapping metadata = root.mapping("metadata");
    requiresPython =
        comparable(
            metadata == null ? root.string("requires-python") : metadata.string("python-versions"));
    Tree.Sequence packages = root.sequence(list);
    for (Tree item : packages == null ? List.<Tree>of() : packages.items()) {
      String name = item instanceof Tree.Mapping entry ? entry.string("name") : null;
      if (name != null && item instanceof Tree.Mapping entry) {
        List<NamedFile> found = new ArrayList<>();
        add(entry.sequence("wheels"), found);
        add(entry.sequence("files"), found);
        if (entry.get("sdist") instanceof Tree.Mapping source) {
          add(source, found);
        }
        put(name, String.valueOf(entry.string("version")), found, index(entry));
      }
    }
  }

  /// The index of uv.lock, poetry.lock (a `legacy` source) or pylock.toml.
  private static @Nullable String index(Tree.Mapping entry) {
    Tree.Mapping source = entry.mapping("source");
    if (source == null) {
      return entry.string("index");
    }
    String registry = source.string("registry");
    return registry == null && "legacy".equals(source.string("type"))
        ? source.string("url")
        : registry;
  }

  private static void add(Tree.@Nullable Sequence list, List<NamedFile> found) {
    if (list != null) {
      list.items().forEach(item -> add(item, found));
    }
  }

  private static void add(Tree item, List<NamedFile> found) {
    if (!(item instanceof Tree.Mapping file)) {
      return;
    }
    String url = file.string("url");
    String name = file.string("name");
    name = name == null ? file.string("file") : name;
    if (name == null) {
      String place = url == null ? file.string("path") : url;
      name = place == null ? "" : Archives.fileName(place);
    }
    long size = TomlLock.size(file);
    found.add(
        new NamedFile(name, url == null ? null : Http.address(url), size < 0 ? null : (Long) size));
  }

  private void put(String name, String version, List<NamedFile> files, @Nullable String index) {
    entries.merge(
        key(name, version), new Entry(files, index), (a, b) -> a.files().isEmpty() ? b : a);
    if (index != null) {
      indexes.merge(PythonClients.trimmed(index), 1, Integer::sum);
    }
  }

  /// `[metadata.files]` of Poetry before 1.3 and PDM before 2.8: by name, or by name and version.
  private void fileLists(Tree.Mapping root) {
    Tree.Mapping metadata = root.mapping("metadata");
    Tree.Mapping lists = metadata == null ? null : metadata.mapping("files");
    Tree.Sequence packages = root.sequence("package");
    if (lists == null || packages == null) {
      return;
    }
    for (Tree item : packages.items()) {
      String name = item instanceof Tree.Mapping entry ? entry.string("name") : null;
      if (name != null && item instanceof Tree.Mapping entry) {
        String version = String.valueOf(entry.string("version"));
        List<NamedFile> found = new ArrayList<>();
        add(lists.sequence(name), found);
        add(lists.sequence(name + " " + version), found);
        String index = of(key(name, version)).index();
        entries.merge(
            key(name, version), new Entry(found, index), (a, b) -> a.files().isEmpty() ? b : a);
      }
    }
  }

  private void pipfile(Tree tree) {
    if (!(tree instanceof Tree.Mapping root)) {
      return;
    }
    Tree.Mapping meta = root.mapping("_meta");
    Map<String, String> sources = new HashMap<>();
    Tree.Sequence listed = meta == null ? null : meta.sequence("sources");
    for (Tree item : listed == null ? List.<Tree>of() : listed.items()) {
      if (item instanceof Tree.Mapping source && source.string("url") != null) {
        sources.put(String.valueOf(source.string("name")), String.valueOf(source.string("url")));
      }
    }
    Tree.Mapping requires = meta == null ? null : meta.mapping("requires");
    String python = requires == null ? null : requires.string("python_version");
    requiresPython = python == null ? null : ">=" + python;
    for (Tree.Member section : root.members()) {
      if (!section.name().equals("_meta") && section.value() instanceof Tree.Mapping packages) {
        for (Tree.Member member : packages.members()) {
          if (member.value() instanceof Tree.Mapping entry && entry.string("version") != null) {
            String version = String.valueOf(entry.string("version")).replaceFirst("^=+", "");
            String index = entry.string("index");
            put(member.name(), version, List.of(), index == null ? null : sources.get(index));
          }
        }
      }
    }
  }

  /// pip-compile says which Python it ran with, uv which one it was asked for.
  private void compiled(String text) {
    Matcher header =
        Pattern.compile("(?m)^#.*(?:with [Pp]ython |--python-version[ =])(3\\.\\d+)").matcher(text);
    requiresPython = header.find() ? ">=" + header.group(1) : null;
  }

  /// Poetry writes `^3.11` and `~3.11` too.
  private static @Nullable String comparable(@Nullable String text) {
    if (text == null || VersionSpecifier.parse(text) != null) {
      return text;
    }
    Matcher version = PYTHON.matcher(text);
    return version.find() ? ">=" + version.group(1) : null;
  }

  @Nullable String requiresPython() {
    return requiresPython;
  }

  /// What is said of a package.
  Entry of(String key) {
    return entries.getOrDefault(key, NOTHING);
  }

  /// Whether an index is the one that most of the packages come from.
  boolean isUsual(String index) {
    int count = indexes.getOrDefault(PythonClients.trimmed(index), 0);
    return indexes.values().stream().allMatch(other -> other <= count);
  }
}
