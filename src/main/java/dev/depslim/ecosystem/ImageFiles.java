package dev.depslim.ecosystem;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The file system of an image as the readers of package databases see it. Files are numbered; the
/// numbers mean nothing outside one instance.
///
/// It holds every path that any layer stores, also those that a later layer deletes: their bytes
/// need an owner too.
public interface ImageFiles {
  /// What `find` answers where there is nothing.
  int NONE = -1;

  /// The root folder.
  int root();

  /// How many there are, folders and links included: the numbers are 0 … count − 1.
  int count();

  /// The file or folder at a path, symbolic links followed (also those of parent folders), or
  /// `NONE`.
  ///
  /// @param path absolute or relative to `/`
  int find(String path);

  /// The same, seen from a folder.
  int find(int folder, String relativePath);

  /// The child of that name, a symbolic link not followed, or `NONE`.
  default int child(int folder, String name) {
    for (int child : children(folder)) {
      if (name(child).equals(name)) {
        return child;
      }
    }
    return NONE;
  }

  /// What stands at a path seen from a folder, or `NONE`: symbolic links of its parent folders are
  /// followed, its own is not. Package databases name links of their own, whose targets belong to
  /// others.
  default int entry(int folder, String relativePath) {
    int slash = relativePath.lastIndexOf('/');
    int parent = slash < 0 ? folder : find(folder, relativePath.substring(0, slash));
    return parent == NONE ? NONE : child(parent, relativePath.substring(slash + 1));
  }

  /// Everything whose last segment meets a condition, in the order of the numbers. The condition is
  /// asked at most once for each file, and may be asked once for each different name.
  default int[] named(Predicate<String> condition) {
    int[] found = new int[16];
    int size = 0;
    for (int file = 0; file < count(); file++) {
      if (condition.test(name(file))) {
        if (size == found.length) {
          found = Arrays.copyOf(found, 2 * size);
        }
        found[size++] = file;
      }
    }
    return Arrays.copyOf(found, size);
  }

  /// The folder that holds it; the root's is the root.
  int parent(int file);

  /// The last segment of its path.
  String name(int file);

  /// Its path without a leading `/`.
  String path(int file);

  /// Whether it is a folder.
  boolean isFolder(int file);

  /// Whether it is a regular file or a hard link to one.
  boolean isFile(int file);

  /// What a symbolic link points to, or null where it is none.
  @Nullable String linkTarget(int file);

  /// Whether it is part of the merged file system.
  boolean isLive(int file);

  /// The children of a folder in the order of their names; empty for others.
  int[] children(int folder);

  /// The content of a file that some [InstalledPackages] wants, in its last stored version; null
  /// where it was not kept.
  byte @Nullable [] content(int file);

  /// The contents that a file had in lower layers, the newest first, without what [#content] gives.
  List<byte[]> earlierContents(int file);
}
