package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.model.Issue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one layer holds, in tens of bytes an entry. Entries are numbered from 0, which is the root
/// folder; a folder comes before what it holds. A pure function of the bytes of the layer.
///
/// Where a path stands twice in the layer, both entries are here, and the earlier one is
/// [#superseded]: its bytes are stored and never seen.
public final class LayerIndex {
  /// The entry of the root folder.
  public static final int ROOT = 0;

  /// No entry.
  public static final int NONE = EntryTable.NONE;

  private final EntryTable table;
  private final List<Issue> issues;
  private final long storedBytes;

  LayerIndex(EntryTable table, List<Issue> issues) {
    this.table = table;
    this.issues = List.copyOf(issues);
    this.storedBytes = Arrays.stream(table.bytes, 0, table.size).sum();
  }

  /// Starts an empty index.
  public static LayerIndexBuilder builder(Wanted wanted, Limits limits) {
    return new LayerIndexBuilder(wanted, limits);
  }

  /// How many entries there are, the root and implied folders among them.
  public int size() {
    return table.size;
  }

  /// How many entries the layer has of a type, superseded ones among them; the root counts only
  /// where the layer has an entry for it.
  public int count(EntryType type) {
    int count = 0;
    for (int i = 0; i < table.size; i++) {
      count += table.type(i) == type ? 1 : 0;
    }
    return count;
  }

  /// Σ of the regular files, superseded ones among them.
  public long storedBytes() {
    return storedBytes;
  }

  /// What was left out or looks wrong; the location is a path in the layer.
  public List<Issue> issues() {
    return issues;
  }

  /// The entry of the folder; the root's is the root.
  public int parent(int entry) {
    return table.parent[entry];
  }

  /// The last segment of the path; of a whiteout the name that it hides.
  public String name(int entry) {
    return new String(table.names, table.nameStart(entry), table.nameLength(entry), UTF_8);
  }

  /// The array that holds all names as UTF-8; see [#nameStart]. Not to be written to.
  public byte[] names() {
    return table.names;
  }

  /// Where the name begins in [#names].
  public int nameStart(int entry) {
    return table.nameStart(entry);
  }

  /// The length of the name in bytes.
  public int nameLength(int entry) {
    return table.nameLength(entry);
  }

  /// The path without a leading `/`; empty for the root.
  public String path(int entry) {
    return Paths.of(table, entry);
  }

  /// The same as the bytes that the layer has.
  public byte[] pathBytes(int entry) {
    return Paths.bytes(table, entry);
  }

  public EntryType type(int entry) {
    return table.type(entry);
  }

  /// Whether a later entry of this layer has the same path, or replaced a folder above.
  public boolean superseded(int entry) {
    return table.superseded(entry);
  }

  /// The size of a regular file; 0 for everything else.
  public long bytes(int entry) {
    return table.bytes[entry];
  }

  /// Seconds since 1970.
  public long modified(int entry) {
    return table.modified[entry];
  }

  /// The permission bits, 07777 at most.
  public int mode(int entry) {
    return table.mode[entry];
  }

  public int uid(int entry) {
    return table.uid[entry];
  }

  public int gid(int entry) {
    return table.gid[entry];
  }

  /// What a symbolic link points to, or the path that a hard link names; null for everything else.
  public @Nullable String linkTarget(int entry) {
    int link = table.link == null ? NONE : table.link[entry];
    if (link == NONE) {
      return null;
    }
    if (link >= 0) {
      return path(link);
    }
    int start = -2 - link;
    return new String(table.targets, start + 4, table.targetLength(start), UTF_8);
  }

  /// The regular file of this layer whose content the entry has: itself, or for a hard link the
  /// first name; `NONE` where the content is not in this layer or there is none.
  public int carrier(int entry) {
    return switch (table.type(entry)) {
      case FILE -> entry;
      case HARDLINK -> table.link == null ? NONE : Math.max(NONE, table.link[entry]);
      case IMPLIED, FOLDER, SYMLINK, OTHER, WHITEOUT, OPAQUE -> NONE;
    };
  }

  /// Where the content of a regular file begins in the uncompressed archive of the layer; -1 where
  /// that is not known.
  public long dataOffset(int entry) {
    return table.offset == null ? NONE : table.offset[entry];
  }

  /// Whether the content of a regular file was hashed.
  public boolean hashed(int entry) {
    return table.hash != null && (table.hash[2 * entry] | table.hash[2 * entry + 1]) != 0;
  }

  /// The upper half of the [ContentHash] of a regular file; 0 where it was not hashed.
  public long hashHigh(int entry) {
    return table.hash == null ? 0 : table.hash[2 * entry];
  }

  /// The lower half.
  public long hashLow(int entry) {
    return table.hash == null ? 0 : table.hash[2 * entry + 1];
  }

  /// The kept content of a regular file or of the file that a hard link names, or null. Not to be
  /// written to.
  public byte @Nullable [] content(int entry) {
    int carrier = carrier(entry);
    return carrier == NONE ? null : table.contents.get(carrier);
  }

  /// Writes everything but the issues in a format of its own.
  public void write(OutputStream out) throws IOException {
    LayerIndexFormat.write(table, issues, out);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws LayerException where it is damaged or of another version
  public static LayerIndex read(InputStream in) throws IOException {
    return LayerIndexFormat.read(in);
  }
}
