package dev.depslim.ecosystem;

import java.util.Arrays;

/// Collects the regular files that a package database lists by path. Lists name many files of one
/// folder in a row, so the last folder is remembered.
public final class ListedFiles {
  private final ImageFiles files;
  private final int base;
  private String lastPath = "";
  private int lastFolder;
  private int[] found = new int[64];
  private int size;

  /// @param base the folder that relative paths start from
  public ListedFiles(ImageFiles files, int base) {
    this.files = files;
    this.base = base;
    this.lastFolder = base;
  }

  /// Takes the file at a path, where there is a regular one; links of parent folders are followed.
  ///
  /// @return its number, or `NONE`
  public int add(String path) {
    int slash = path.lastIndexOf('/');
    int length = Math.max(slash, 0);
    if (length != lastPath.length() || !path.startsWith(lastPath)) {
      lastPath = path.substring(0, length);
      boolean absolute = path.charAt(0) == '/';
      lastFolder = length == 0 ? base : files.find(absolute ? files.root() : base, lastPath);
    }
    int folder = slash == 0 ? files.root() : lastFolder;
    if (folder == ImageFiles.NONE) {
      return ImageFiles.NONE;
    }
    int file = files.child(folder, path.substring(slash + 1));
    if (file == ImageFiles.NONE || !files.isFile(file)) {
      return ImageFiles.NONE;
    }
    add(file);
    return file;
  }

  /// Takes a file.
  public void add(int file) {
    if (size == found.length) {
      found = Arrays.copyOf(found, 2 * size);
    }
    found[size++] = file;
  }

  /// What was taken since the last call, in that order.
  public int[] take() {
    int[] result = Arrays.copyOf(found, size);
    size = 0;
    return result;
  }

  /// Whether any of the files is live.
  public static boolean anyLive(ImageFiles files, int[] numbers) {
    for (int file : numbers) {
      if (files.isLive(file)) {
        return true;
      }
    }
    return false;
  }
}
