package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A tree of files in memory; a folder exists when a file lies in it.
final class MemoryFiles implements ProjectFiles {
  private final Map<String, byte[]> files = new TreeMap<>();

  MemoryFiles with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  MemoryFiles with(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  SourceFile file(String path) {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new IllegalArgumentException(path + " is not there");
    }
    return new SourceFile(path, bytes);
  }

  @Override
  public byte @Nullable [] read(String path) {
    return files.get(path);
  }

  @Override
  public boolean exists(String path) {
    return files.containsKey(path)
        || files.keySet().stream().anyMatch(name -> name.startsWith(path + "/"));
  }
}
