package dev.depslim.minimize;

import dev.depslim.model.DepslimException;
import dev.depslim.model.Minimization.Change;
import dev.depslim.model.Minimization.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The folder that slim forms are written into: all files of a run, or none of them.
///
/// Each file is written beside its place and moved there, so that a run that is cut off leaves a
/// whole file, the old one or the new one.
public final class SlimFolder {
  private final Path target;
  private final Set<Path> inputs;

  /// @param inputs real paths of the files that the plan is made from; none of them is overwritten
  public SlimFolder(Path target, Set<Path> inputs) {
    this.target = target;
    this.inputs = Set.copyOf(inputs);
  }

  /// A file to write.
  ///
  /// @param path relative to the target, with `/`
  @SuppressWarnings("ArrayRecordComponent") // written once; never compared
  public record Content(String path, byte[] bytes) {}

  /// What stands in the way of writing the files; nothing is changed.
  ///
  /// @param force whether existing files may be replaced
  /// @throws DepslimException.Usage where an input would be overwritten
  public List<String> obstacles(List<Content> files, boolean force) {
    List<String> obstacles = new ArrayList<>();
    for (Content file : files) {
      Path path = target.resolve(file.path());
      try {
        if (inputs.contains(real(path)) && !holds(path, file.bytes())) {
          throw new DepslimException.Usage(
              path
                  + " is a file that the plan is made from and is never overwritten: name another"
                  + " folder, such as --write "
                  + target.resolve("slim").normalize());
        }
        String obstacle = obstacle(path, file.bytes(), force);
        if (obstacle != null) {
          obstacles.add(obstacle);
        }
      } catch (IOException e) {
        obstacles.add(path + " cannot be looked at: " + reason(e));
      }
    }
    return obstacles;
  }

  private static boolean holds(Path path, byte[] bytes) throws IOException {
    return Files.isRegularFile(path) && Arrays.equals(Files.readAllBytes(path), bytes);
  }

  private static @Nullable String obstacle(Path path, byte[] bytes, boolean force)
      throws IOException {
    for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        return folder + " is a file: a folder is needed there";
      }
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    if (!Files.isRegularFile(path)) {
      return path + " exists and is no file: move it away";
    }
    if (force || holds(path, bytes)) {
      return null;
    }
    return path + " exists and differs: add --force to replace it (it is kept as " + path + ".bak)";
  }

  /// Writes the files, and takes all of it back where one cannot be written or the check finds
  /// something.
  ///
  /// @param check what is wrong with what was written; empty where all is well
  /// @throws DepslimException.InvalidInput where a file cannot be written
  /// @throws IllegalStateException where the check finds something
  public List<Written> write(List<Content> files, Supplier<List<String>> check) {
    Undo undo = new Undo();
    boolean done = false;
    try {
      List<Written> written = new ArrayList<>();
      for (Content file : files) {
        written.add(write(file, undo));
      }
      List<String> wrong = check.get();
      if (!wrong.isEmpty()) {
        throw new IllegalStateException(
            "what was written is not what was planned, and was removed: "
                + String.join("; ", wrong));
      }
      done = true;
      return written;
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(
          target + " cannot be written, and nothing is left there: " + reason(e), e);
    } finally {
      if (!done) {
        undo.run();
      }
    }
  }

  private Written write(Content file, Undo undo) throws IOException {
    Path path = target.resolve(file.path());
    if (!Files.exists(path)) {
      undo.put(path, file.bytes());
      return new Written(file.path(), Change.CREATED, null);
    }
    byte[] before = Files.readAllBytes(path);
    if (Arrays.equals(before, file.bytes())) {
      return new Written(file.path(), Change.UNCHANGED, null);
    }
    String backup = file.path() + ".bak";
    undo.put(target.resolve(backup), before);
    undo.put(path, file.bytes());
    return new Written(file.path(), Change.REPLACED, backup);
  }

  /// The real path of a file that may not exist yet.
  private static Path real(Path path) throws IOException {
    Path existing = path.toAbsolutePath().normalize();
    Path rest = Path.of("");
    while (!Files.exists(existing)) {
      Path name = existing.getFileName();
      Path parent = existing.getParent();
      if (name == null || parent == null) {
        return existing;
      }
      rest = name.resolve(rest);
      existing = parent;
    }
    Path real = existing.toRealPath();
    return rest.toString().isEmpty() ? real : real.resolve(rest).normalize();
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /// Remembers what was there before.
  private static final class Undo {
    private record Before(Path path, byte @Nullable [] bytes) {}

    private final List<Before> files = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    void put(Path path, byte[] bytes) throws IOException {
      makeFolders(path.toAbsolutePath().getParent());
      byte[] before = Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
      files.add(new Before(path, before));
      replace(path, bytes);
    }

    private void makeFolders(@Nullable Path folder) throws IOException {
      if (folder != null && !Files.isDirectory(folder)) {
        makeFolders(folder.getParent());
        Files.createDirectory(folder);
        folders.add(folder);
      }
    }

    /// Puts everything back as far as possible: what cannot be put back must not hide why.
    void run() {
      for (Before before : files.reversed()) {
        try {
          if (before.bytes == null) {
            Files.deleteIfExists(before.path);
          } else {
            replace(before.path, before.bytes);
          }
        } catch (IOException _) {
          continue;
        }
      }
      for (Path folder : folders.reversed()) {
        try {
          Files.deleteIfExists(folder);
        } catch (IOException _) {
          continue; // somebody else has put something into it
        }
      }
    }

    private static void replace(Path path, byte[] bytes) throws IOException {
      String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path beside = path.resolveSibling("." + random + ".depslim.tmp");
      try {
        // Not a temporary file of the JDK: those can be read by their owner alone.
        try (FileChannel channel =
            FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
          channel.force(true);
        }
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    }
  }
}
