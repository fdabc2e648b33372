package dev.depslim.image;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.image.source.ImageSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what the files are that no package owns, by where they lie and which instruction brought
/// them.
final class Buckets {
  private static final Bucket[] ALL = Bucket.values();

  /// Folders that package managers and downloaders fill to save a second download.
  private static final List<String> CACHES =
      List.of(
          "etc/apk/cache",
          "var/cache/apk",
          "var/cache/apt",
          "var/cache/dnf",
          "var/cache/yum",
          "var/lib/apt/lists");

  private static final Set<String> CACHE_NAMES =
      Set.of(
          ".cache",
          "_cacache",
          ".npm",
          ".pnpm-store",
          ".yarn-cache",
          "node-compile-cache",
          "v8-compile-cache-0");

  /// Name and name of the folder above.
  private static final Set<String> CACHE_PAIRS =
      Set.of(
          ".yarn/cache",
          ".yarn/berry",
          "pnpm/store",
          "conda/pkgs",
          "miniconda3/pkgs",
          "miniforge3/pkgs",
          ".conda/pkgs",
          "install/cache",
          ".cargo/registry");

  /// Folders in which the system keeps what it generates.
  private static final List<String> STATE =
      List.of(
          "etc",
          "lib/apk",
          "run",
          "usr/lib/apk",
          "usr/lib/sysimage",
          "usr/lib/locale",
          "var/cache",
          "var/lib",
          "var/log",
          "var/spool");

  private static final Set<String> STATE_NAMES =
      Set.of(
          ".dockerenv",
          ".modules.yaml",
          ".package-lock.json",
          ".yarn-integrity",
          ".yarn-state.yml",
          "conda-meta",
          "giomodule.cache",
          "gconv-modules.cache",
          "gschemas.compiled",
          "hwdb.bin",
          "icon-theme.cache",
          "immodules.cache",
          "loaders.cache",
          "mime.cache",
          "mimeinfo.cache");

  /// Where applications lie by custom.
  private static final List<String> APPLICATIONS =
      List.of("app", "code", "home", "opt/app", "srv", "usr/src/app", "workspace");

  private static final byte NOT_SET = -1;

  private final byte[] byFile;
  private final BitSet copied;

  private Buckets(byte[] byFile, BitSet copied) {
    this.byFile = byFile;
    this.copied = copied;
  }

  static Buckets of(ImageTree tree, ImageSource source) {
    byte[] byFile = new byte[tree.count()];
    Arrays.fill(byFile, NOT_SET);
    mark(tree, byFile, STATE, Bucket.SYSTEM_STATE);
    mark(tree, byFile, APPLICATIONS, Bucket.APPLICATION);
    for (ImageSource.History item : source.history()) {
      String folder = workingFolder(item.createdBy());
      if (folder != null) {
        mark(tree, byFile, List.of(folder), Bucket.APPLICATION);
      }
    }
    markApplicationsOfNode(tree, byFile);
    for (int file : tree.named(STATE_NAMES::contains)) {
      byFile[file] = (byte) Bucket.SYSTEM_STATE.ordinal();
    }
    mark(tree, byFile, CACHES, Bucket.CACHE);
    markCaches(tree, byFile);
    if (byFile[0] == NOT_SET) {
      byFile[0] = (byte) Bucket.UNOWNED.ordinal();
    }
    for (int file = 1; file < byFile.length; file++) {
      byte above = byFile[tree.parent(file)];
      if (byFile[file] == NOT_SET || above == Bucket.CACHE.ordinal()) {
        byFile[file] = above;
      }
    }
    return new Buckets(byFile, copied(tree, source));
  }

  /// What a file without an owner is, as a layer stores it.
  Bucket of(int file, int layer) {
    Bucket place = ALL[byFile[file]];
    return place != Bucket.CACHE && copied.get(layer) ? Bucket.APPLICATION : place;
  }

  private static void mark(ImageTree tree, byte[] byFile, List<String> paths, Bucket bucket) {
    for (String path : paths) {
      int file = tree.find(path);
      if (file != ImageFiles.NONE && file != tree.root()) {
        byFile[file] = (byte) bucket.ordinal();
      }
    }
  }

  private static void markCaches(ImageTree tree, byte[] byFile) {
    Set<String> names = new java.util.HashSet<>(CACHE_NAMES);
    CACHE_PAIRS.forEach(pair -> names.add(pair.substring(pair.indexOf('/') + 1)));
    for (int file : tree.named(names::contains)) {
      String name = tree.name(file);
      if (CACHE_NAMES.contains(name)
          || CACHE_PAIRS.contains(tree.name(tree.parent(file)) + "/" + name)) {
        byFile[file] = (byte) Bucket.CACHE.ordinal();
      }
    }
  }

  /// A package.json beside `node_modules` marks an application, unless it is a package's own.
  private static void markApplicationsOfNode(ImageTree tree, byte[] byFile) {
    for (int modules : tree.named("node_modules"::equals)) {
      int folder = tree.parent(modules);
      if (folder != tree.root() && tree.child(folder, "package.json") != ImageFiles.NONE) {
        byFile[folder] = (byte) Bucket.APPLICATION.ordinal();
      }
    }
  }

  /// The folder that a `WORKDIR` of the history names, or null.
  static @Nullable String workingFolder(@Nullable String createdBy) {
    String instruction = instruction(createdBy);
    if (!instruction.startsWith("WORKDIR ")) {
      return null;
    }
    String path = instruction.substring(8).replaceFirst("\\s+# buildkit$", "").strip();
    boolean named = path.length() > 1 && path.startsWith("/") && path.indexOf('$') < 0;
    return named ? path : null;
  }

  /// The instruction as the Dockerfile has it, without what the classic builder puts before.
  static String instruction(@Nullable String createdBy) {
    if (createdBy == null) {
      return "";
    }
    int nop = createdBy.indexOf("#(nop)");
    return (nop < 0 ? createdBy : createdBy.substring(nop + 6)).strip();
  }

  /// Layers of COPY and ADD, but for those that bring a whole system with its package database.
  private static BitSet copied(ImageTree tree, ImageSource source) {
    BitSet copied = new BitSet();
    for (ImageSource.Layer layer : source.layers()) {
      String instruction = instruction(layer.createdBy());
      if (instruction.startsWith("COPY ") || instruction.startsWith("ADD ")) {
        copied.set(layer.index());
      }
    }
    for (String database :
        List.of(
            "var/lib/dpkg/status",
            "lib/apk/db/installed",
            "usr/lib/apk/db/installed",
            "usr/lib/sysimage/rpm/rpmdb.sqlite",
            "var/lib/rpm/Packages",
            "var/lib/rpm/Packages.db",
            "var/lib/rpm/rpmdb.sqlite",
            "etc/os-release",
            "usr/lib/os-release")) {
      int file = tree.find(database);
      int version = file == ImageFiles.NONE ? StoredEntries.NONE : tree.last(file);
      for (; version != StoredEntries.NONE; version = tree.stored().previous(version)) {
        copied.clear(tree.stored().layer(version));
      }
    }
    return copied;
  }
}
