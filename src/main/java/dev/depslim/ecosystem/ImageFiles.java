package dev.depslim.ecosystem;

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

  /// The file or folder at a path, symbolic links followed (also those of parent folders), or
  /// `NONE`.
  ///
  /// @param path absolute or relative to `/`
  int find(String path);

  /// The same, seen from a folder.
  int find(int folder, String relativePath);

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
}
