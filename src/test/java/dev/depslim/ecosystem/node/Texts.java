package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Files that a test holds in memory.
record Texts(Map<String, String> texts) implements ProjectFiles {
  static final Texts NONE = new Texts(Map.of());

  static SourceFile file(String path, String text) {
    return new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte @Nullable [] read(String path) {
    String text = texts.get(path);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean exists(String path) {
    return texts.containsKey(path);
  }

  @Override
  public List<String> foldersWith(String fileName) {
    return texts.keySet().stream()
        .filter(path -> path.equals(fileName) || path.endsWith("/" + fileName))
        .map(path -> path.substring(0, Math.max(path.lastIndexOf('/'), 0)))
        .sorted()
        .toList();
  }
}
