package dev.depslim.image.layer;

/// What an entry of a [LayerIndex] is. The order is part of the stored format.
public enum EntryType {
  /// A folder that has no entry of its own, because only something below it has one.
  IMPLIED,
  FOLDER,
  /// A regular file; the only type that carries bytes.
  FILE,
  SYMLINK,
  /// A further name of a regular file.
  HARDLINK,
  /// A device, a pipe or a socket.
  OTHER,
  /// Hides the path of this entry in lower layers (`.wh.NAME` in archives). It may stand beside an
  /// entry of the same path, which it does not hide.
  WHITEOUT,
  /// Hides everything that lower layers hold in the folder that is its parent (`.wh..wh..opq` in
  /// archives). Its name is empty.
  OPAQUE;

  private static final EntryType[] ALL = values();

  static EntryType of(int ordinal) {
    return ALL[ordinal];
  }
}
