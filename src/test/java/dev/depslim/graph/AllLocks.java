package dev.depslim.graph;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.node.NodeEcosystem;
import dev.depslim.ecosystem.python.PythonEcosystem;
import dev.depslim.model.Lockfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// Every lock of the conformance vectors that a reader of ours takes, as it is read.
final class AllLocks {
  private AllLocks() {}

  static List<Lockfile> read() throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    List<LockfileReader> readers = new ArrayList<>(NodeEcosystem.lockfiles());
    readers.addAll(PythonEcosystem.lockfiles());
    List<Lockfile> locks = new ArrayList<>();
    for (Path kind : list(Path.of(vectors, "locks"))) {
      for (Path folder : list(kind)) {
        for (Path file : list(folder)) {
          String name = file.getFileName().toString();
          Folder files = new Folder(folder);
          for (LockfileReader reader : readers) {
            if (reader.reads(name, files)) {
              locks.add(reader.read(new SourceFile(name, bytes(file)), files));
              break;
            }
          }
        }
      }
    }
    return locks;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private record Folder(Path root) implements ProjectFiles {
    @Override
    public byte @Nullable [] read(String path) {
      return exists(path) ? bytes(root.resolve(path)) : null;
    }

    @Override
    public boolean exists(String path) {
      return Files.isRegularFile(root.resolve(path));
    }
  }
}
