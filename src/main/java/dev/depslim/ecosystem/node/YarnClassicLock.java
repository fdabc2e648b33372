package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import java.util.List;
import java.util.stream.Stream;

/// The lock of Yarn 1 (`@yarnpkg/lockfile`). It knows neither projects nor scopes: package.json
/// beside it and those of the workspace members tell what is direct; without the first nothing is.
final class YarnClassicLock {
  private static final String HEADER = "# yarn lockfile v1";

  private YarnClassicLock() {}

  static Lockfile read(SourceFile file, ProjectFiles files) {
    YarnClassicParser parser = YarnClassicParser.parse(file);
    ProjectManifest manifest = YarnProject.manifest(files, file.folder(), "");
    List<YarnProject> projects =
        manifest == null ? List.of() : YarnProject.fromManifests(manifest, files, file.folder());
    YarnGraph graph =
        new YarnGraph(
            file.path(),
            // the folders themselves are the user's own
            parser.entries().stream().filter(entry -> !isLink(entry)).toList(),
            new Naming(),
            YarnResolutions.of((manifest == null ? ProjectManifest.NONE : manifest).resolutions()),
            Catalogs.NONE,
            projects);
    boolean known = !parser.entries().isEmpty() || parser.hasHeader(HEADER);
    Lockfile lock =
        new Lockfile(
            file.path(),
            YarnLock.KIND,
            known ? "1" : null,
            Ecosystem.NPM,
            graph.nodes(),
            graph.roots(),
            Stream.concat(parser.issues().stream(), graph.issues().stream())
                .sorted(Issue::compareTo)
                .toList());
    return known
        ? lock.compared(YarnClassicAgreement.of(file.path(), parser.entries(), files))
        : lock;
  }

  private static boolean isLink(YarnEntry entry) {
    return entry.patterns.stream()
        .allMatch(pattern -> YarnEntry.range(pattern).startsWith("link:"));
  }

  private static final class Naming implements YarnGraph.Naming {
    @Override
    public String name(YarnEntry entry) {
      String pattern = entry.patterns.getFirst();
      String range = YarnEntry.range(pattern);
      if (range.startsWith("npm:")) {
        String target = YarnEntry.name(range.substring("npm:".length()));
        if (NpmName.isValid(target) && SemRange.parse(target) == null) {
          return target;
        }
      }
      return YarnEntry.name(pattern);
    }

    /// By what asks for it; a folder is copied, so it is a package like others.
    @Override
    public Origin origin(YarnEntry entry) {
      String range = YarnEntry.range(entry.patterns.getFirst());
      if (range.isEmpty() || "^~<>=*0123456789vx".indexOf(range.charAt(0)) >= 0) {
        return Origin.REGISTRY;
      }
      Origin origin = NpmSpec.parse(range).origin();
      return origin == Origin.WORKSPACE ? Origin.FILE : origin;
    }
  }
}
