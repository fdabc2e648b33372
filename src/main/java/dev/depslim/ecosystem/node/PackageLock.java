package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `package-lock.json` and `npm-shrinkwrap.json`, lock versions 1, 2 and 3 (npm's package-lock.json
/// documentation).
///
/// Requirements are resolved as Node does: in `node_modules` of the folder, then of each above it.
/// Folders that are linked are the user's own, whether workspace members or not. Version 1 does not
/// say what is direct, so `package.json` beside it does. Peers are no requirements where `.npmrc`
/// beside the lock sets `legacy-peer-deps`.
public final class PackageLock implements LockfileReader {
  private static final String LOCK = "package-lock.json";
  private static final String SHRINKWRAP = "npm-shrinkwrap.json";

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.NPM;
  }

  /// Where both files lie side by side npm reads the shrinkwrap only.
  @Override
  public boolean reads(String path, ProjectFiles files) {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    String name = path.substring(folder.length());
    return name.equals(SHRINKWRAP) || name.equals(LOCK) && !files.exists(folder + SHRINKWRAP);
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    PackageLockParser parser = PackageLockParser.parse(file, false);
    if (!parser.hasRoot()) {
      Manifest manifest = manifestBeside(file, files);
      if (manifest != null) {
        parser.enterFrom(manifest);
      }
    }
    if (ignoresPeers(file, files)) {
      parser.forgetPeers();
    }
    LockTree tree = parser.tree();
    Lockfile lock =
        new Lockfile(
            file.path(),
            file.fileName(),
            parser.format(),
            Ecosystem.NPM,
            tree.nodes(),
            tree.roots(),
            parser.issues());
    return lock.compared(NpmAgreement.of(file, parser, files));
  }

  /// The copies that a lock places, in the order of [Lockfile#packages()], with the flags as
  /// written. Serves `node_modules/.package-lock.json` as well, which has the same form.
  public static Installed readInstalled(SourceFile file) {
    PackageLockParser parser = PackageLockParser.parse(file, true);
    return new Installed(parser.tree().copies(), parser.issues());
  }

  /// What a lock places.
  public record Installed(List<Copy> copies, List<Issue> issues) {
    public Installed {
      copies = List.copyOf(copies);
      issues = List.copyOf(issues);
    }
  }

  /// One copy of a package, with the flags of its entry.
  ///
  /// @param path relative to the folder of the lock
  /// @param name the real name, also behind an alias
  /// @param resolved where npm fetches it from as written, or null
  /// @param dev needed by development only
  /// @param optional needed through optional requirements only
  /// @param devOptional needed by development and through optional requirements, by neither alone
  /// @param own whether it is a folder of the user and no package of somebody else
  /// @param extraneous whether nothing requires it
  public record Copy(
      String path,
      String name,
      @Nullable String version,
      @Nullable String resolved,
      boolean dev,
      boolean optional,
      boolean devOptional,
      boolean peer,
      boolean inBundle,
      boolean extraneous,
      boolean own) {}

  private static boolean ignoresPeers(SourceFile file, ProjectFiles files) {
    byte[] bytes = files.read(beside(file, ".npmrc"));
    return bytes != null
        && new String(bytes, StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceAll("\\s", ""))
            .anyMatch(
                line -> line.equals("legacy-peer-deps=true") || line.equals("legacy-peer-deps"));
  }

  private static String beside(SourceFile file, String name) {
    return file.folder().isEmpty() ? name : file.folder() + "/" + name;
  }

  private static @Nullable Manifest manifestBeside(SourceFile file, ProjectFiles files) {
    String path = beside(file, "package.json");
    byte[] bytes = files.read(path);
    return bytes == null ? null : new PackageJson().read(new SourceFile(path, bytes), files);
  }
}
