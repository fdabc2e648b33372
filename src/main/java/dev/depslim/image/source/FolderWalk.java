package dev.depslim.image.source;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.image.layer.EntryType;
import dev.depslim.image.layer.LayerException;
import dev.depslim.image.layer.LayerIndex;
import dev.depslim.image.layer.LayerIndexBuilder;
import dev.depslim.image.layer.Limits;
import dev.depslim.image.layer.Wanted;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Indexes a layer from its folder in the overlay2 storage driver. What an archive writes as
/// `.wh.NAME` is a character device 0/0 here, and an opaque folder carries an extended attribute
/// (Linux, Documentation/filesystems/overlayfs). Folders are read in the order of their names'
/// bytes, the order in which Docker archives them, so that the same name of a hard link carries its
/// bytes.
final class FolderWalk implements AutoCloseable {
  private static final int FILE_TYPE = 0170000;
  private static final int NAMES = 1 << 16;
  private static final int NAME = 256;
  private static final int PATH = 1 << 12;

  private final Arena arena = Arena.ofConfined();
  private final LinuxFiles linux;
  private final LayerIndexBuilder index;
  private final Limits limits;
  private final MemorySegment error = LinuxFiles.errorNumber(arena);
  private final MemorySegment names = arena.allocate(NAMES, 8);
  private final MemorySegment name = arena.allocate(NAME);
  private final MemorySegment status = arena.allocate(256, 8);

  // Plain buffers over the same memory: until the JIT has compiled it, access to a segment costs
  // many
  // times as much.
  private final ByteBuffer nameBytes = name.asByteBuffer();
  private final ByteBuffer record = status.asByteBuffer().order(ByteOrder.nativeOrder());
  private final ByteBuffer listing = names.asByteBuffer().order(ByteOrder.nativeOrder());
  private final byte[] dirents = new byte[NAMES];
  private final MemorySegment target = arena.allocate(PATH);
  private final MemorySegment value = arena.allocate(16);
  private final MemorySegment trustedOpaque = arena.allocateFrom("trusted.overlay.opaque");
  private final MemorySegment userOpaque = arena.allocateFrom("user.overlay.opaque");
  private final MemorySegment redirect = arena.allocateFrom("trusted.overlay.redirect");
  private final Map<Long, String> firstNames = new HashMap<>();
  private final Map<Integer, String> carriers = new HashMap<>();
  private byte[] path = new byte[PATH];

  private FolderWalk(LinuxFiles linux, Wanted wanted, Limits limits) {
    this.linux = linux;
    this.limits = limits;
    this.index = LayerIndex.builder(wanted, limits);
  }

  /// Reads a folder and everything below it.
  ///
  /// @throws IOException where something cannot be read, or means what an archive cannot say
  static LayerIndex read(LinuxFiles linux, Path folder, Wanted wanted, Limits limits)
      throws IOException {
    try (FolderWalk walk = new FolderWalk(linux, wanted, limits)) {
      MemorySegment root = walk.arena.allocateFrom(folder.toString());
      int open = walk.open(LinuxFiles.AT_FDCWD, root, 0);
      try {
        walk.folder(open, 0, 0);
      } finally {
        linux.close(walk.error, open);
      }
      walk.passedBy(folder);
      return walk.index.build();
    }
  }

  /// Files whose content is wanted under a later name.
  private void passedBy(Path folder) throws IOException {
    for (int entry : index.passedBy()) {
      Path file = folder.resolve(Objects.requireNonNull(carriers.get(entry)));
      if (Files.size(file) <= limits.keptFileBytes()) {
        index.content(entry, Files.readAllBytes(file));
      }
    }
  }

  private void folder(int open, int pathLength, int depth) throws IOException {
    if (depth > limits.depth()) {
      throw new LayerException("folders nested more than " + limits.depth() + " deep");
    }
    for (byte[] child : children(open)) {
      int length = child.length;
      nameBytes.put(0, child, 0, length).put(length, (byte) 0);
      int start = pathLength == 0 ? 0 : pathLength + 1;
      while (start + length > path.length) {
        path = Arrays.copyOf(path, 2 * path.length);
      }
      if (start > 0) {
        path[pathLength] = '/';
      }
      System.arraycopy(child, 0, path, start, length);
      entry(open, start + length, depth);
    }
  }

  /// The names in a folder, sorted by their bytes.
  private List<byte[]> children(int open) throws IOException {
    List<byte[]> children = new ArrayList<>();
    while (true) {
      int bytes = linux.getdents64(error, open, names);
      if (bytes < 0) {
        throw failure("the folder", 0);
      }
      if (bytes == 0) {
        children.sort(Arrays::compareUnsigned);
        return children;
      }
      listing.get(0, dirents, 0, bytes);
      // struct linux_dirent64: inode 8 bytes, offset 8, record length 2, type 1, name.
      for (int at = 0; at < bytes; at += listing.getShort(at + 16) & 0xffff) {
        int end = at + 19;
        while (dirents[end] != 0) {
          end++;
        }
        if (!isDots(dirents, at + 19, end)) {
          children.add(Arrays.copyOfRange(dirents, at + 19, end));
        }
      }
    }
  }

  private static boolean isDots(byte[] name, int start, int end) {
    return name[start] == '.' && (end - start == 1 || end - start == 2 && name[start + 1] == '.');
  }

  /// One entry, whose name is in [#name] and whose path is in [#path].
  private void entry(int open, int length, int depth) throws IOException {
    if (linux.statx(error, open, name, status) != 0) {
      throw failure("attributes", length);
    }
    switch (mode() & FILE_TYPE) {
      case 0100000 -> file(open, length);
      case 0040000 -> subfolder(open, length, depth);
      case 0120000 -> symbolicLink(open, length);
      case 0020000 -> device(length);
      default -> attributes(index.add(path, 0, length, EntryType.OTHER, 0));
    }
  }

  // struct statx, the same on every architecture.
  private int links() {
    return record.getInt(16);
  }

  private int mode() {
    return record.getShort(28) & 0xffff;
  }

  private long inode() {
    return record.getLong(32);
  }

  private long size() {
    return record.getLong(40);
  }

  private boolean deviceZero() {
    return record.getLong(128) == 0;
  }

  private void attributes(int entry) {
    if (entry != LayerIndex.NONE) {
      index.attributes(entry, record.getLong(112), mode(), record.getInt(20), record.getInt(24));
    }
  }

  private void file(int open, int length) throws IOException {
    boolean linked = links() > 1;
    if (linked) {
      String first = firstNames.putIfAbsent(inode(), text(length));
      if (first != null) {
        int entry = index.add(path, 0, length, EntryType.HARDLINK, 0);
        attributes(entry);
        index.hardLink(entry, first);
        return;
      }
    }
    int entry = index.add(path, 0, length, EntryType.FILE, size());
    attributes(entry);
    if (linked) {
      carriers.put(entry, text(length));
    }
    if (index.wants(entry)) {
      index.content(entry, content(open, length, (int) size()));
    }
  }

  private byte[] content(int folder, int length, int size) throws IOException {
    int open = open(folder, name, length);
    try (Arena buffers = Arena.ofConfined()) {
      MemorySegment buffer = buffers.allocate(Math.max(1, size));
      long done = 0;
      while (done < size) {
        long count = linux.read(error, open, buffer.asSlice(done));
        if (count < 0) {
          throw failure("content", length);
        }
        if (count == 0) {
          break;
        }
        done += count;
      }
      return buffer.asSlice(0, done).toArray(JAVA_BYTE);
    } finally {
      linux.close(error, open);
    }
  }

  private void subfolder(int open, int length, int depth) throws IOException {
    attributes(index.add(path, 0, length, EntryType.FOLDER, 0));
    int folder = open(open, name, length);
    try {
      if (isOpaque(folder, length)) {
        index.add(path, 0, length, EntryType.OPAQUE, 0);
      }
      folder(folder, length, depth + 1);
    } finally {
      linux.close(error, folder);
    }
  }

  private boolean isOpaque(int folder, int length) throws IOException {
    if (linux.fgetxattr(error, folder, redirect, value) >= 0
        || LinuxFiles.errno(error) == LinuxFiles.ERANGE) {
      throw new LayerException(text(length) + " was renamed by the storage driver (redirect_dir)");
    }
    return hasMark(folder, trustedOpaque, length) || hasMark(folder, userOpaque, length);
  }

  private boolean hasMark(int folder, MemorySegment attribute, int length) throws IOException {
    int bytes = linux.fgetxattr(error, folder, attribute, value);
    if (bytes < 0) {
      int errno = LinuxFiles.errno(error);
      if (errno == LinuxFiles.ENODATA || errno == LinuxFiles.EOPNOTSUPP) {
        return false;
      }
      throw failure("extended attributes", length);
    }
    byte mark = bytes == 1 ? value.get(JAVA_BYTE, 0) : 0;
    if (mark != 'y') {
      throw new LayerException(text(length) + " has whiteouts of a kind that is not known");
    }
    return true;
  }

  private void symbolicLink(int open, int length) throws IOException {
    int bytes = linux.readlinkat(error, open, name, target);
    if (bytes < 0) {
      throw failure("target", length);
    }
    int entry = index.add(path, 0, length, EntryType.SYMLINK, 0);
    attributes(entry);
    if (entry != LayerIndex.NONE) {
      index.symbolicLink(entry, new String(target.asSlice(0, bytes).toArray(JAVA_BYTE), UTF_8));
    }
  }

  private void device(int length) throws IOException {
    if (deviceZero()) {
      index.add(path, 0, length, EntryType.WHITEOUT, 0);
    } else {
      attributes(index.add(path, 0, length, EntryType.OTHER, 0));
    }
  }

  private int open(int folder, MemorySegment file, int length) throws IOException {
    int open = linux.openat(error, folder, file, LinuxFiles.O_RDONLY | LinuxFiles.O_CLOEXEC);
    if (open < 0) {
      throw failure("content", length);
    }
    return open;
  }

  private String text(int length) {
    return new String(path, 0, length, UTF_8);
  }

  private IOException failure(String what, int length) {
    return new IOException(
        "the "
            + what
            + " of /"
            + text(length)
            + " cannot be read: error "
            + LinuxFiles.errno(error));
  }

  @Override
  public void close() {
    arena.close();
  }
}
