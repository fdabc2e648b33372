package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.node.PnpmEntry.Requirement;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Scope;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.YamlCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the text of a lock of pnpm into entries, from front to back.
final class PnpmLockParser {
  private static final String REMEDY = "write it anew with 'pnpm install --lockfile-only'";
  private static final int OLDEST = 5;
  private static final int NEWEST = 9;

  private final String path;
  private final List<Issue> issues = new ArrayList<>();
  private final Map<String, PnpmEntry> importers = new LinkedHashMap<>();
  private final Map<String, PnpmEntry> packages = new LinkedHashMap<>();
  private final Map<String, PnpmEntry> snapshots = new LinkedHashMap<>();
  private final PnpmEntry root = new PnpmEntry(".", 0, 0);
  private final PnpmStated stated;
  private boolean rootStated;
  private @Nullable String format;

  private PnpmLockParser(String path) {
    this.path = path;
    this.stated = new PnpmStated(path);
  }

  /// What can be read; where the text is not YAML there are no entries and one issue.
  static PnpmLockParser parse(SourceFile file) {
    PnpmLockParser parser = new PnpmLockParser(file.path());
    try {
      YamlCursor yaml = YamlCursor.over(file.bytes());
      boolean any = false;
      // pnpm 11 keeps itself and its plug-ins in a document before that of the projects
      while (yaml.nextDocument()) {
        any = true;
        if (yaml.isLastDocument()) {
          parser.document(yaml);
        }
      }
      if (!any) {
        parser.warning(Location.of(file.path()), "the lock is empty: " + REMEDY);
      }
    } catch (SyntaxException e) {
      parser = new PnpmLockParser(file.path());
      parser.issues.add(LockProblem.of(file, e, "not valid YAML", REMEDY));
    }
    return parser;
  }

  @Nullable String format() {
    return format;
  }

  List<Issue> issues() {
    return issues;
  }

  /// What it was made for.
  PnpmStated stated() {
    return stated;
  }

  /// Projects by folder, `.` for that of the lock.
  Map<String, PnpmEntry> importers() {
    return importers;
  }

  /// Packages by key.
  Map<String, PnpmEntry> packages() {
    return packages;
  }

  /// Installed copies by key, from format 7 on.
  Map<String, PnpmEntry> snapshots() {
    return snapshots;
  }

  PnpmKey.Style style() {
    if (!snapshots.isEmpty() || major() >= 7) {
      return PnpmKey.Style.AT;
    }
    return major() == 6 ? PnpmKey.Style.SLASH_AT : PnpmKey.Style.SLASH;
  }

  /// Whether the format is one before a version.
  boolean isBefore(int version) {
    return major() < version;
  }

  private int major() {
    int major = 0;
    for (int i = 0; format != null && i < format.length(); i++) {
      int digit = format.charAt(i) - '0';
      if (digit < 0 || digit > 9 || major > 999) {
        break;
      }
      major = 10 * major + digit;
    }
    return major;
  }

  private void document(YamlCursor yaml) {
    Location start = new Location(path, yaml.line(), yaml.column());
    if (!yaml.isMapping()) {
      issues.add(
          yaml.isEmpty()
              ? Issue.warning(start, "the lock is empty: " + REMEDY)
              : Issue.error(start, "not a lock file of pnpm, which is a mapping; " + REMEDY));
      yaml.skip();
      return;
    }
    for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
      switch (key) {
        case "lockfileVersion" -> format(yaml);
        case "importers" -> {
          if (isMapping(yaml, key)) {
            for (String project = yaml.enterMapping(); project != null; project = yaml.nextKey()) {
              importer(yaml, project);
            }
          }
        }
        case "packages" -> entries(yaml, key, packages);
        case "snapshots" -> entries(yaml, key, snapshots);
        case "dependencies", "devDependencies", "optionalDependencies" -> {
          rootStated = true;
          requirements(yaml, root, key);
        }
        case "specifiers" -> {
          rootStated = true;
          stated.specifiers(yaml, root.key);
        }
        default -> stated.field(yaml, key);
      }
    }
    if (rootStated && !importers.containsKey(".")) {
      importers.put(".", root);
    }
    if (format == null) {
      warning(start, "the lock has no lockfileVersion, pnpm will not use it: " + REMEDY);
    }
  }

  private void format(YamlCursor yaml) {
    Location at = new Location(path, yaml.line(), yaml.column());
    format = yaml.text();
    if (format == null) {
      warning(at, "lockfileVersion is not a number: read by what the file contains");
    } else if (major() > NEWEST) {
      warning(at, "lockfileVersion " + format + " is not known: read like version " + NEWEST);
    } else if (major() < OLDEST) {
      warning(
          at, "lockfileVersion " + format + " is older than what is known: read like " + OLDEST);
    }
  }

  private void importer(YamlCursor yaml, String project) {
    PnpmEntry entry = new PnpmEntry(project, yaml.keyLine(), yaml.keyColumn());
    if (!isEntry(yaml, project)) {
      return;
    }
    for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
      switch (key) {
        case "dependencies", "devDependencies", "optionalDependencies" ->
            requirements(yaml, entry, key);
        case "specifiers" -> stated.specifiers(yaml, project);
        default -> yaml.skip();
      }
    }
    importers.put(project, entry);
  }

  private void entries(YamlCursor yaml, String section, Map<String, PnpmEntry> into) {
    if (!isMapping(yaml, section)) {
      return;
    }
    for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
      PnpmEntry entry = new PnpmEntry(key, yaml.keyLine(), yaml.keyColumn());
      if (isEntry(yaml, key)) {
        entry(yaml, entry);
        PnpmEntry earlier = into.put(key, entry);
        if (earlier != null) {
          warning(
              new Location(path, earlier.line, earlier.column),
              "\""
                  + key
                  + "\" stands here and again in line "
                  + entry.line
                  + ", which counts; pnpm refuses the file: "
                  + REMEDY);
        }
      }
    }
  }

  private void entry(YamlCursor yaml, PnpmEntry entry) {
    for (String field = yaml.enterMapping(); field != null; field = yaml.nextKey()) {
      switch (field) {
        case "name" -> entry.name = yaml.text();
        case "version" -> entry.version = yaml.text();
        case "dev" -> entry.dev = yaml.flag();
        case "optional" -> entry.optional = yaml.flag();
        case "dependencies", "optionalDependencies" -> requirements(yaml, entry, field);
        case "peerDependencies" -> {
          for (String peer = yaml.enterMapping(); peer != null; peer = yaml.nextKey()) {
            entry.peer(peer);
            yaml.skip();
          }
        }
        case "resolution" -> resolution(yaml, entry);
        case "os", "cpu" -> entry.foreign |= !Platforms.admits(field, Platforms.strings(yaml));
        default -> yaml.skip();
      }
    }
  }

  private static void resolution(YamlCursor yaml, PnpmEntry entry) {
    for (String field = yaml.enterMapping(); field != null; field = yaml.nextKey()) {
      switch (field) {
        case "directory" -> entry.directory = yaml.text();
        case "tarball" -> entry.tarball = yaml.text();
        case "type" -> entry.git = "git".equals(yaml.text());
        default -> yaml.skip();
      }
    }
  }

  /// Notes names and what they resolve to: a version, or a mapping of specifier and version.
  private void requirements(YamlCursor yaml, PnpmEntry entry, String section) {
    Scope scope =
        switch (section) {
          case "devDependencies" -> Scope.DEV;
          case "optionalDependencies" -> Scope.OPTIONAL;
          default -> Scope.RUNTIME;
        };
    if (!isMapping(yaml, section)) {
      return;
    }
    for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
      int line = yaml.keyLine();
      int column = yaml.keyColumn();
      @Nullable String reference = null;
      if (yaml.isMapping()) {
        for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
          switch (key) {
            case "version" -> reference = yaml.text();
            case "specifier" -> {
              String spec = yaml.text();
              if (spec != null) {
                stated.row(entry.key, section, name, spec, line);
              }
            }
            default -> yaml.skip();
          }
        }
      } else {
        reference = yaml.text();
      }
      if (reference == null || reference.isEmpty()) {
        error(
            new Location(path, line, column),
            "\"" + name + "\" has no version; it does not count: " + REMEDY);
      } else {
        entry.requirements.add(new Requirement(name, reference, scope, line));
      }
    }
  }

  /// Whether a section can be read; else it is passed over and, where it holds anything, reported.
  private boolean isMapping(YamlCursor yaml, String section) {
    if (yaml.isMapping()) {
      return true;
    }
    if (!yaml.isEmpty()) {
      error(
          new Location(path, yaml.line(), yaml.column()),
          "\"" + section + "\" must be a mapping; nothing in it counts: " + REMEDY);
    }
    yaml.skip();
    return false;
  }

  /// The same for an entry, which may be empty.
  private boolean isEntry(YamlCursor yaml, String key) {
    if (yaml.isMapping() || yaml.isEmpty()) {
      return true;
    }
    error(
        new Location(path, yaml.line(), yaml.column()),
        "the entry \"" + key + "\" must be a mapping; it does not count: " + REMEDY);
    yaml.skip();
    return false;
  }

  private void error(Location location, String message) {
    issues.add(Issue.error(location, message));
  }

  private void warning(Location location, String message) {
    issues.add(Issue.warning(location, message));
  }
}
