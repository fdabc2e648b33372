package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DepslimException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Copies a constraint file with the files that it includes in the place of their lines.
final class ConstraintCopy {
  private final ProjectFiles files;
  private final Set<String> seen = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  ConstraintCopy(ProjectFiles files) {
    this.files = files;
  }

  List<String> notes() {
    return notes;
  }

  /// The bytes as they are where it includes nothing, else UTF-8.
  ///
  /// @throws DepslimException.InvalidInput where the file is not there
  byte[] of(String path) {
    SourceFile file = read(path);
    boolean alone = true;
    for (RequirementsEntry entry : RequirementsParser.parse(file, files, Map.of())) {
      alone &= !(entry instanceof RequirementsEntry.Include);
    }
    if (alone) {
      return file.bytes();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder text = new StringBuilder();
    append(file, text);
    out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private SourceFile read(String path) {
    byte[] bytes = files.read(path);
    if (bytes == null) {
      throw new DepslimException.InvalidInput(path + ": the constraint file does not exist");
    }
    return new SourceFile(path, bytes);
  }

  private void append(SourceFile file, StringBuilder out) {
    seen.add(file.path());
    RequirementsText text = RequirementsText.decode(file.bytes());
    List<String> physical = text.physicalLines();
    int next = 0;
    for (RequirementsEntry entry : RequirementsParser.parse(file, files, Map.of())) {
      if (entry instanceof RequirementsEntry.Include include) {
        physical.subList(next, include.line() - 1).forEach(out::append);
        next = include.line();
        out.append("# ").append(include.path()).append(":\n");
        if (!seen.contains(include.path())) {
          append(read(include.path()), out);
        }
      }
    }
    physical.subList(next, physical.size()).forEach(out::append);
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
  }
}
