package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `yarn.lock`: that of Yarn 1 ([YarnClassicLock]) and that of Yarn 2 and later ([YarnBerryLock]),
/// which are different formats under one name.
public final class YarnLock implements LockfileReader {
  static final String KIND = "yarn.lock";
  private static final byte[] METADATA = "__metadata".getBytes(StandardCharsets.US_ASCII);

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
    int line = 1;
    boolean berry = false;
    boolean atStart = true;
    byte[] bytes = file.bytes();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        Location at = Location.of(file.path(), line);
        return nothing(
            file,
            Issue.error(at, "a NUL byte: this is no text file; write it anew with 'yarn install'"));
      }
      berry |= atStart && bytes[i] == '_' && isMetadata(bytes, i);
      atStart = bytes[i] == '\n' || atStart && bytes[i] == '"';
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return berry ? YarnBerryLock.read(file, files) : YarnClassicLock.read(file, files);
  }

  private static boolean isMetadata(byte[] bytes, int from) {
    for (int i = 0; i < METADATA.length; i++) {
      if (from + i >= bytes.length || bytes[from + i] != METADATA[i]) {
        return false;
      }
    }
    return true;
  }

  static Lockfile nothing(SourceFile file, Issue issue) {
    return new Lockfile(
        file.path(), KIND, null, Ecosystem.NPM, List.of(), List.of(), List.of(issue));
  }
}
