import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.spi.ToolProvider;

/// Makes `target/depslim/{bin,lib,runtime}` from the jar and the copied libraries; run by Maven in
/// the `package` phase with the JDK of the toolchain, from its source.
///
/// The runtime holds JDK modules only: several libraries are automatic modules, which jlink
/// refuses, so they stay on the class path.
class MakeDistribution {
  private static final String MODULES =
      "java.base,java.logging,java.naming,java.sql,jdk.unsupported,jdk.crypto.ec,jdk.zipfs";

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Path jar = Path.of(args[1]);
    Path home = Path.of(args[2]);
    Files.createDirectories(home.resolve("lib"));
    Files.copy(jar, home.resolve("lib/depslim.jar"), StandardCopyOption.REPLACE_EXISTING);
    launcher(root.resolve("src/main/launcher/depslim"), home.resolve("bin/depslim"));
    runtime(home.resolve("runtime"));
    ClassArchive.make(root, home);
  }

  private static void launcher(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    if (Files.getFileStore(to).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void runtime(Path to) throws IOException {
    String wanted = System.getProperty("java.home") + "\n" + MODULES + "\nwith CDS archive\n";
    Path stamp = to.resolveSibling(".runtime-of");
    if (Files.exists(stamp) && Files.exists(to) && Files.readString(stamp).equals(wanted)) {
      return;
    }
    delete(to);
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(
                () -> new IllegalStateException("this JDK has no jlink: use a full JDK 25"));
    int exit =
        jlink.run(
            new PrintStream(OutputStream.nullOutputStream()),
            System.err,
            "--add-modules",
            MODULES,
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            // The JDK's own classes, ready to be mapped: a third of a second less on every run.
            "--generate-cds-archive",
            "--compress",
            "zip-6",
            "--output",
            to.toString());
    if (exit != 0) {
      throw new IllegalStateException("jlink failed with exit code " + exit);
    }
    // Only for heaps beyond 32 GB, which the launcher never asks for.
    Files.deleteIfExists(to.resolve("lib/server/classes_nocoops.jsa"));
    Files.writeString(stamp, wanted);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (var paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
