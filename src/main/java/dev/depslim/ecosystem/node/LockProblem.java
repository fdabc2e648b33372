package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.syntax.SyntaxException;
import java.nio.charset.StandardCharsets;

/// What is said of a lock that cannot be read at all.
final class LockProblem {
  private static final byte[] MARKER = "<<<<<<< ".getBytes(StandardCharsets.US_ASCII);

  private LockProblem() {}

  /// @param wrong what the text is not, such as `not valid JSON`
  /// @param remedy what to do, such as `write it anew with 'npm install --package-lock-only'`
  static Issue of(SourceFile file, SyntaxException e, String wrong, String remedy) {
    int conflict = conflictLine(file.bytes());
    if (conflict > 0) {
      return Issue.error(
          new Location(file.path(), conflict, 1),
          "the lock has merge conflict markers: resolve them, or " + remedy);
    }
    return Issue.error(
        new Location(file.path(), e.line(), e.column()),
        (e.isLimit() ? "not read" : wrong) + ": " + e.getMessage() + "; mend it or " + remedy);
  }

  /// The line of the first merge conflict marker, counted from 1, or 0.
  static int conflictLine(byte[] bytes) {
    int line = 1;
    boolean atStart = true;
    for (int i = 0; i + MARKER.length <= bytes.length; i++) {
      if (atStart && isMarker(bytes, i)) {
        return line;
      }
      atStart = bytes[i] == '\n';
      line += atStart ? 1 : 0;
    }
    return 0;
  }

  private static boolean isMarker(byte[] bytes, int at) {
    for (int i = 0; i < MARKER.length; i++) {
      if (bytes[at + i] != MARKER[i]) {
        return false;
      }
    }
    return true;
  }
}
