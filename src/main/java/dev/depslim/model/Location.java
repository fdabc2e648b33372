package dev.depslim.model;

/// A place in a file.
///
/// @param path relative to the analysed root, with `/`
/// @param line counted from 1; 0 where only the file is known
/// @param column counted from 1; 0 where only the line is known
public record Location(String path, int line, int column) implements Comparable<Location> {
  public Location {
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException("a position before the file: " + line + ":" + column);
    }
  }

  /// The whole file.
  public static Location of(String path) {
    return new Location(path, 0, 0);
  }

  /// A line of the file.
  public static Location of(String path, int line) {
    return new Location(path, line, 0);
  }

  @Override
  public int compareTo(Location other) {
    int byPath = path.compareTo(other.path);
    if (byPath != 0) {
      return byPath;
    }
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  /// `path:line:column` as terminals and editors link it, without the parts that are not known.
  @Override
  public String toString() {
    if (line == 0) {
      return path;
    }
    return column == 0 ? path + ":" + line : path + ":" + line + ":" + column;
  }
}
