package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.node.YarnEntry.Requirement;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.YamlCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The lock of Yarn 2 and later, formats 4 to 10 (`@yarnpkg/core`, Project).
///
/// Its entries `x@workspace:folder` are the user's own packages, each with all that it asks for;
/// which of that is for development stands in the package.json of the folder. What `link:` and
/// `portal:` name is the user's own as well.
final class YarnBerryLock {
  private static final String REMEDY = "write it anew with 'yarn install --mode=update-lockfile'";
  private static final int OLDEST = 4;

  private final String path;
  private final List<Issue> issues = new ArrayList<>();
  private final List<YarnEntry> entries = new ArrayList<>();
  private @Nullable String format;

  private YarnBerryLock(String path) {
    this.path = path;
  }

  static Lockfile read(SourceFile file, ProjectFiles files) {
    YarnBerryLock lock = new YarnBerryLock(file.path());
    try {
      YamlCursor yaml = YamlCursor.over(file.bytes());
      if (yaml.nextDocument()) {
        lock.document(yaml);
      }
    } catch (SyntaxException e) {
      return YarnLock.nothing(file, LockProblem.of(file, e, "not valid YAML", REMEDY));
    }
    return lock.lockfile(file, files);
  }

  private Lockfile lockfile(SourceFile file, ProjectFiles files) {
    List<YarnEntry> locked = new ArrayList<>(entries.size());
    List<YarnProject> projects = new ArrayList<>();
    Map<String, YarnEntry> own = new LinkedHashMap<>();
    ProjectManifest manifest = YarnProject.manifest(files, file.folder(), "");
    for (YarnEntry entry : YarnEntry.withoutRepeated(entries, path, REMEDY, issues)) {
      String source = source(entry);
      if (source.startsWith("workspace:")) {
        String folder = OwnPackages.resolve("", source.substring("workspace:".length()));
        own.put(folder, entry);
        projects.add(
            YarnProject.fromEntry(
                entry, folder, YarnProject.manifest(files, file.folder(), folder)));
      } else {
        locked.add(entry);
      }
    }
    YarnGraph graph =
        new YarnGraph(
            file.path(),
            locked,
            new Naming(),
            YarnResolutions.of((manifest == null ? ProjectManifest.NONE : manifest).resolutions()),
            Catalogs.of(files, file.folder()),
            projects);
    Lockfile lock =
        new Lockfile(
            file.path(),
            YarnLock.KIND,
            format,
            Ecosystem.NPM,
            graph.nodes(),
            graph.roots(),
            Stream.concat(issues.stream(), graph.issues().stream())
                .sorted(Issue::compareTo)
                .toList());
    return lock.compared(YarnBerryAgreement.of(path, own, locked, files));
  }

  private void document(YamlCursor yaml) {
    if (!yaml.isMapping()) {
      issues.add(
          Issue.error(
              new Location(path, yaml.line(), yaml.column()),
              "not a lock file of Yarn, which is a mapping; " + REMEDY));
      return;
    }
    for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
      if (key.equals("__metadata")) {
        metadata(yaml);
        continue;
      }
      YarnEntry entry =
          new YarnEntry(List.of(key.split(" *, *")), yaml.keyLine(), yaml.keyColumn());
      if (!yaml.isMapping()) {
        issues.add(
            Issue.error(
                new Location(path, entry.line, entry.column),
                "the entry \"" + key + "\" must be a mapping; it does not count: " + REMEDY));
        yaml.skip();
        continue;
      }
      fields(yaml, entry);
      entries.add(entry);
    }
  }

  private void metadata(YamlCursor yaml) {
    for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
      if (key.equals("version")) {
        Location at = new Location(path, yaml.line(), yaml.column());
        format = yaml.text();
        if (format == null || format.isEmpty() || !format.chars().allMatch(Character::isDigit)) {
          issues.add(
              Issue.warning(at, "the format's version is not a number: read like the newest"));
        } else if (format.length() == 1 && format.charAt(0) - '0' < OLDEST) {
          issues.add(
              Issue.warning(at, "format " + format + " is older than what is known: read like 4"));
        }
      } else {
        yaml.skip();
      }
    }
  }

  private static void fields(YamlCursor yaml, YarnEntry entry) {
    List<String> optional = new ArrayList<>();
    for (String field = yaml.enterMapping(); field != null; field = yaml.nextKey()) {
      switch (field) {
        case "version" -> entry.version = yaml.text();
        case "resolution" -> entry.resolution = yaml.text();
        case "dependencies", "optionalDependencies" -> {
          for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
            String range = yaml.text();
            if (range != null) {
              boolean mayBeAbsent = field.equals("optionalDependencies");
              entry.requirements.add(new Requirement(name, range, mayBeAbsent));
            }
          }
        }
        case "peerDependencies" -> peers(yaml, entry);
        case "conditions" -> {
          String conditions = yaml.text();
          entry.foreign = conditions != null && !Platforms.admits(conditions);
        }
        case "dependenciesMeta" -> {
          for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
            for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
              if (key.equals("optional") && yaml.flag()) {
                optional.add(name);
              } else if (!key.equals("optional")) {
                yaml.skip();
              }
            }
          }
        }
        default -> yaml.skip();
      }
    }
    optional.forEach(entry::mayBeAbsent);
  }

  private static void peers(YamlCursor yaml, YarnEntry entry) {
    boolean own = source(entry).startsWith("workspace:");
    for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
      String range = own ? yaml.text() : null;
      if (range != null) {
        entry.peers.put(name, range);
      } else if (!own) {
        yaml.skip();
      }
    }
  }

  /// What stands behind the name in the resolution, such as `npm:1.0.0` or `workspace:packages/a`.
  private static String source(YarnEntry entry) {
    String resolution = entry.resolution;
    return YarnEntry.range(resolution == null ? entry.patterns.getFirst() : resolution);
  }

  private static final class Naming implements YarnGraph.Naming {
    @Override
    public String name(YarnEntry entry) {
      String resolution = entry.resolution;
      return YarnEntry.name(resolution == null ? entry.patterns.getFirst() : resolution);
    }

    @Override
    public Origin origin(YarnEntry entry) {
      String source = source(entry);
      if (source.startsWith("npm:") || source.startsWith("patch:")) {
        return Origin.REGISTRY;
      }
      if (source.startsWith("link:") || source.startsWith("portal:")) {
        return Origin.WORKSPACE;
      }
      if (source.startsWith("file:") || source.startsWith("exec:")) {
        return Origin.FILE;
      }
      return source.contains("#commit=") || source.startsWith("git") ? Origin.GIT : Origin.URL;
    }
  }
}
