package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import java.util.List;

/// `bun.lockb`, the binary lock file of bun before 1.2. It is not read, and that is said: silence
/// would look like a project without dependencies.
public final class BunLockb implements LockfileReader {
  private static final String KIND = "bun.lockb";

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
    String text = file.folder().isEmpty() ? "bun.lock" : file.folder() + "/bun.lock";
    Location whole = Location.of(file.path());
    Issue issue =
        files.exists(text)
            ? Issue.warning(whole, "bun.lock beside it is read instead: delete this file")
            : Issue.error(
                whole,
                "a binary lock file, which is not read: what it resolves is not known;"
                    + " write it as text with 'bun install --save-text-lockfile'");
    return new Lockfile(
        file.path(), KIND, null, Ecosystem.NPM, List.of(), List.of(), List.of(issue));
  }
}
