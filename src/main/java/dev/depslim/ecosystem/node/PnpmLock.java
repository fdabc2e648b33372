package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import java.util.stream.Stream;

/// `pnpm-lock.yaml`, formats 5 to 9 (pnpm's lockfile types and dependency paths).
///
/// Every importer is a root and a package of the user's own; so is every folder that is linked. A
/// copy of a package for each set of peers is a node of its own. From format 7 on what is installed
/// are the `snapshots`. Of several documents the last one is that of the projects.
public final class PnpmLock implements LockfileReader {
  private static final String KIND = "pnpm-lock.yaml";

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.NPM;
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return path.equals(KIND) || path.endsWith("/" + KIND);
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    PnpmLockParser parser = PnpmLockParser.parse(file);
    PnpmGraph graph = new PnpmGraph(file.path(), parser, new OwnPackages(file.folder(), files));
    Lockfile lock =
        new Lockfile(
            file.path(),
            KIND,
            parser.format(),
            Ecosystem.NPM,
            graph.nodes(),
            graph.roots(),
            Stream.concat(parser.issues().stream(), graph.issues().stream())
                .sorted(Issue::compareTo)
                .toList());
    return lock.compared(PnpmAgreement.of(file.path(), parser, files));
  }
}
