package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes the entries of a layer in their order and makes a [LayerIndex] of them. Whiteouts come as
/// [EntryType#WHITEOUT] with the path that they hide, opaque markers as [EntryType#OPAQUE] with the
/// path of their folder.
public final class LayerIndexBuilder {
  private static final byte[] NO_NAME = {};

  /// More issues than this say nothing new.
  private static final int MAX_ISSUES = 100;

  private final EntryTable table = new EntryTable(1024);
  private final Wanted wanted;
  private final Limits limits;
  private final List<Issue> issues = new ArrayList<>();
  private final List<Integer> wantedLinks = new ArrayList<>();
  private int unnamedIssues;
  private long keptBytes;

  /// Entry + 1 by path, open addressing; 0 is free.
  private int[] slots = new int[4096];

  /// The folder that the last path was in, as its bytes and its entry.
  private byte[] lastFolder = NO_NAME;

  private int lastFolderLength;
  private int lastFolderEntry;

  private String wantedFolder = "";
  private int wantedFolderEntry;

  LayerIndexBuilder(Wanted wanted, Limits limits) {
    this.wanted = wanted;
    this.limits = limits;
    table.add(0, EntryType.IMPLIED, NO_NAME, 0, 0);
  }

  /// Adds an entry.
  ///
  /// @param path with or without a leading `/` or `./`
  /// @param bytes size of a regular file, 0 for everything else
  /// @return its number, or [LayerIndex#NONE] where it was refused (an issue says why)
  /// @throws LayerException beyond a limit
  public int add(String path, EntryType type, long bytes) throws LayerException {
    byte[] utf8 = path.getBytes(UTF_8);
    return add(utf8, 0, utf8.length, type, bytes);
  }

  /// The same for a path in UTF-8.
  public int add(byte[] path, int start, int length, EntryType type, long bytes)
      throws LayerException {
    if (length > limits.pathBytes()) {
      throw new LayerException(
          "a path of " + length + " bytes, the limit is " + limits.pathBytes());
    }
    int end = start + length;
    while (end > start && path[end - 1] == '/') {
      end--;
    }
    int name = end;
    while (name > start && path[name - 1] != '/') {
      name--;
    }
    int folder = folder(path, start, name);
    if (folder == LayerIndex.NONE || isDots(path, name, end, 2)) {
      problem(new String(path, start, length, UTF_8), "a path with .. in a layer is left out");
      return LayerIndex.NONE;
    }
    if (name == end || isDots(path, name, end, 1)) {
      return self(folder, type);
    }
    return named(folder, path, name, end - name, type, bytes);
  }

  /// An entry for a folder that is already there: `./`, `a/.` or an opaque marker.
  private int self(int folder, EntryType type) throws LayerException {
    if (type == EntryType.OPAQUE) {
      return append(folder, NO_NAME, 0, 0, EntryType.OPAQUE, 0);
    }
    if (type == EntryType.FOLDER && table.type(folder) == EntryType.IMPLIED) {
      table.type(folder, EntryType.FOLDER);
    }
    return type == EntryType.FOLDER ? folder : LayerIndex.NONE;
  }

  private int named(int folder, byte[] path, int name, int length, EntryType type, long bytes)
      throws LayerException {
    if (type == EntryType.WHITEOUT) {
      return append(folder, path, name, length, type, 0);
    }
    int slot = slot(folder, path, name, length);
    int before = slots[slot] - 1;
    if (type == EntryType.OPAQUE) {
      int at = before >= 0 ? before : implied(slot, folder, path, name, length);
      return append(at, NO_NAME, 0, 0, type, 0);
    }
    if (before < 0) {
      int entry = append(folder, path, name, length, type, bytes);
      put(slot, entry);
      return entry;
    }
    EntryType old = table.type(before);
    boolean wasFolder = old == EntryType.FOLDER || old == EntryType.IMPLIED;
    if (wasFolder && type == EntryType.FOLDER) {
      table.type(before, EntryType.FOLDER);
      return before;
    }
    table.supersede(before);
    int entry = append(folder, path, name, length, type, bytes);
    slots[slot] = entry + 1;
    lastFolderLength = 0;
    lastFolderEntry = 0;
    return entry;
  }

  private int append(int folder, byte[] path, int name, int length, EntryType type, long bytes)
      throws LayerException {
    if (table.size >= limits.entries()) {
      throw new LayerException("more than " + limits.entries() + " entries in a layer");
    }
    int entry = table.add(folder, type, path, name, length);
    table.bytes[entry] = type == EntryType.FILE ? bytes : 0;
    return entry;
  }

  /// The entry of the folder in a path that ends with `/` (or is empty); `NONE` where it has `..`.
  private int folder(byte[] path, int start, int end) throws LayerException {
    int length = end - start;
    if (length == lastFolderLength && Arrays.equals(lastFolder, 0, length, path, start, end)) {
      return lastFolderEntry;
    }
    int entry = LayerIndex.ROOT;
    int depth = 0;
    for (int at = start; at < end; ) {
      int stop = at;
      while (path[stop] != '/') {
        stop++;
      }
      if (isDots(path, at, stop, 2)) {
        return LayerIndex.NONE;
      }
      if (stop > at && !isDots(path, at, stop, 1)) {
        if (++depth > limits.depth()) {
          throw new LayerException("folders nested more than " + limits.depth() + " deep");
        }
        entry = step(entry, path, at, stop - at);
      }
      at = stop + 1;
    }
    if (lastFolder.length < length) {
      lastFolder = new byte[2 * length];
    }
    System.arraycopy(path, start, lastFolder, 0, length);
    lastFolderLength = length;
    lastFolderEntry = entry;
    return entry;
  }

  /// A folder below another; implied where there is none. A symbolic link stays, for what it leads
  /// to may be in another layer.
  private int step(int folder, byte[] path, int name, int length) throws LayerException {
    int slot = slot(folder, path, name, length);
    int entry = slots[slot] - 1;
    if (entry < 0) {
      return implied(slot, folder, path, name, length);
    }
    return switch (table.type(entry)) {
      case IMPLIED, FOLDER, SYMLINK -> entry;
      case FILE, HARDLINK, OTHER, WHITEOUT, OPAQUE -> {
        table.supersede(entry);
        int replaced = append(folder, path, name, length, EntryType.IMPLIED, 0);
        slots[slot] = replaced + 1;
        yield replaced;
      }
    };
  }

  private int implied(int slot, int folder, byte[] path, int name, int length)
      throws LayerException {
    int entry = append(folder, path, name, length, EntryType.IMPLIED, 0);
    put(slot, entry);
    return entry;
  }

  private static boolean isDots(byte[] path, int start, int end, int dots) {
    return end - start == dots && path[start] == '.' && path[end - 1] == '.';
  }

  /// Modification time in seconds since 1970, permission bits, owner.
  public void attributes(int entry, long modified, int mode, int uid, int gid) {
    table.modified[entry] = modified;
    table.mode[entry] = (short) (mode & 07777);
    table.uid[entry] = uid;
    table.gid[entry] = gid;
  }

  /// What a symbolic link points to.
  public void symbolicLink(int entry, String target) {
    byte[] utf8 = target.getBytes(UTF_8);
    table.linkTo(entry, utf8, 0, utf8.length);
  }

  /// The path of the first name of a hard link.
  public void hardLink(int entry, String path) {
    byte[] utf8 = path.getBytes(UTF_8);
    int target = find(utf8);
    if (target >= 0 && target != entry) {
      int carrier =
          switch (table.type(target)) {
            case FILE -> target;
            case HARDLINK -> table.link == null ? LayerIndex.NONE : table.link[target];
            case IMPLIED, FOLDER, SYMLINK, OTHER, WHITEOUT, OPAQUE -> LayerIndex.NONE;
          };
      if (carrier >= 0) {
        table.linkTo(entry, carrier);
        if (!table.contents.containsKey(carrier) && asksFor(entry)) {
          wantedLinks.add(carrier);
        }
        return;
      }
    }
    table.linkTo(entry, utf8, 0, utf8.length);
  }

  private int find(byte[] path) {
    int entry = LayerIndex.ROOT;
    for (int at = 0; at < path.length; ) {
      int stop = at;
      while (stop < path.length && path[stop] != '/') {
        stop++;
      }
      if (isDots(path, at, stop, 2)) {
        return LayerIndex.NONE;
      }
      if (stop > at && !isDots(path, at, stop, 1)) {
        entry = slots[slot(entry, path, at, stop - at)] - 1;
        if (entry < 0) {
          return LayerIndex.NONE;
        }
      }
      at = stop + 1;
    }
    return entry;
  }

  /// Where the content of a regular file begins in the uncompressed archive.
  public void dataOffset(int entry, long offset) {
    table.offset(entry, offset);
  }

  /// The hash of the content of a regular file.
  public void hash(int entry, ContentHash.Value value) {
    table.hash(entry, value.high(), value.low());
  }

  /// Whether the content of a regular file is to be kept: somebody wants it, and it is not beyond
  /// the limits.
  public boolean wants(int entry) {
    return asksFor(entry) && fits(entry);
  }

  /// Whether a content is within the limits; an issue says so where it is not.
  boolean fits(int entry) {
    long bytes = table.bytes[entry];
    if (bytes > limits.keptFileBytes() || keptBytes + bytes > limits.keptBytes()) {
      problem(Paths.of(table, entry), "not read, for it has " + bytes + " bytes");
      return false;
    }
    return true;
  }

  private boolean asksFor(int entry) {
    int folder = table.parent[entry];
    if (folder != wantedFolderEntry) {
      wantedFolderEntry = folder;
      wantedFolder = Paths.of(table, folder);
    }
    return wanted.keep(
        wantedFolder,
        new String(table.names, table.nameStart(entry), table.nameLength(entry), UTF_8));
  }

  /// Keeps the content of a regular file.
  public void content(int entry, byte[] content) {
    table.contents.put(entry, content);
    keptBytes += content.length;
  }

  /// Regular files whose content was passed by and then asked for under the name of a hard link.
  public List<Integer> passedBy() {
    return wantedLinks.stream()
        .distinct()
        .filter(entry -> !table.contents.containsKey(entry))
        .toList();
  }

  long dataOffsetOf(int entry) {
    return table.offset == null ? LayerIndex.NONE : table.offset[entry];
  }

  long bytesOf(int entry) {
    return table.bytes[entry];
  }

  /// Notes something that is wrong with a path of the layer.
  public void problem(String path, String message) {
    if (issues.size() < MAX_ISSUES) {
      issues.add(Issue.warning(Location.of(path), message));
    } else {
      unnamedIssues++;
    }
  }

  /// The index. The builder is of no use afterwards.
  public LayerIndex build() {
    for (int entry = 1; entry < table.size; entry++) {
      if (table.superseded(table.parent[entry])) {
        table.supersede(entry);
      }
    }
    if (unnamedIssues > 0) {
      issues.add(Issue.warning(Location.of("."), unnamedIssues + " more problems of this layer"));
    }
    table.trim();
    return new LayerIndex(table, issues);
  }

  private void put(int slot, int entry) {
    slots[slot] = entry + 1;
    if (table.size > slots.length / 2) {
      grow();
    }
  }

  private void grow() {
    int[] old = slots;
    slots = new int[2 * old.length];
    int mask = slots.length - 1;
    for (int value : old) {
      if (value != 0) {
        int entry = value - 1;
        int at =
            hash(table.parent[entry], table.names, table.nameStart(entry), table.nameLength(entry))
                & mask;
        while (slots[at] != 0) {
          at = at + 1 & mask;
        }
        slots[at] = value;
      }
    }
  }

  /// Where the entry of a name in a folder is, or would be.
  private int slot(int folder, byte[] path, int name, int length) {
    int mask = slots.length - 1;
    int at = hash(folder, path, name, length) & mask;
    while (slots[at] != 0) {
      int entry = slots[at] - 1;
      int start = table.nameStart(entry);
      if (table.parent[entry] == folder
          && Arrays.equals(table.names, start, table.nameEnd[entry], path, name, name + length)) {
        return at;
      }
      at = at + 1 & mask;
    }
    return at;
  }

  private static int hash(int folder, byte[] name, int start, int length) {
    int hash = folder * 0x9E3779B9;
    for (int i = start; i < start + length; i++) {
      hash = hash * 31 + name[i];
    }
    hash *= 0x85EBCA6B;
    return hash ^ hash >>> 15;
  }
}
