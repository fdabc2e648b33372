package dev.depslim.image.layer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a layer archive into a [LayerIndex] in one pass.
///
/// Names of whiteouts are those of the OCI image specification (layer.md). Other names that begin
/// with `.wh..wh.` are notes of aufs to itself and ignored; a bare `.wh.` is a file like any other.
public final class LayerReader {
  private static final byte[] MARKER = {'.', 'w', 'h', '.'};
  private static final byte[] AUFS = {'.', 'w', 'h', '.', '.', 'w', 'h', '.'};
  private static final byte[] OPAQUE = {'.', 'w', 'h', '.', '.', 'w', 'h', '.', '.', 'o', 'p', 'q'};
  private final Limits limits;
  private final boolean hashed;
  private final LayerIndexBuilder builder;
  private final ContentHash hash = new ContentHash();

  /// A reader for one layer.
  ///
  /// @param hashed whether contents are hashed: right where they pass by anyway and the source does
  ///   not know their hashes
  public LayerReader(Wanted wanted, Limits limits, boolean hashed) {
    this.limits = limits;
    this.hashed = hashed;
    this.builder = LayerIndex.builder(wanted, limits);
  }

  /// Reads the archive up to its end marker.
  ///
  /// @throws LayerException where it is damaged or beyond a limit
  public void read(TarInput in) throws IOException {
    TarReader tar = new TarReader(in);
    while (tar.next()) {
      entry(tar);
    }
  }

  private void entry(TarReader tar) throws IOException {
    byte[] path = tar.nameBytes();
    int end = tar.nameLength();
    while (end > 0 && path[end - 1] == '/') {
      end--;
    }
    int name = end;
    while (name > 0 && path[name - 1] != '/') {
      name--;
    }
    if (isAufs(path, end)) {
      if (starts(path, name, end, OPAQUE) && end - name == OPAQUE.length) {
        builder.add(path, 0, name, EntryType.OPAQUE, 0);
      }
    } else if (starts(path, name, end, MARKER) && end - name > MARKER.length) {
      // The marker is cut out; the reader reads the next name into the same array anyway.
      System.arraycopy(path, name + MARKER.length, path, name, end - name - MARKER.length);
      builder.add(path, 0, end - MARKER.length, EntryType.WHITEOUT, 0);
    } else {
      plain(tar, path, end);
    }
  }

  /// Whether a segment of the path begins with `.wh..wh.`.
  private static boolean isAufs(byte[] path, int end) {
    for (int at = 0; at + AUFS.length <= end; at++) {
      if (path[at] == '.' && (at == 0 || path[at - 1] == '/') && starts(path, at, end, AUFS)) {
        return true;
      }
    }
    return false;
  }

  private static boolean starts(byte[] path, int start, int end, byte[] prefix) {
    if (end - start < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (path[start + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private void plain(TarReader tar, byte[] path, int end) throws IOException {
    EntryType type = tar.type();
    int entry = builder.add(path, 0, end, type, tar.bytes());
    if (entry == LayerIndex.NONE) {
      return;
    }
    builder.attributes(entry, tar.modified(), tar.mode(), tar.uid(), tar.gid());
    if (type == EntryType.SYMLINK || type == EntryType.HARDLINK) {
      if (tar.linkLength() > limits.pathBytes()) {
        throw new LayerException("a link target of " + tar.linkLength() + " bytes: " + tar.name());
      }
      if (type == EntryType.SYMLINK) {
        builder.symbolicLink(entry, tar.link());
      } else {
        builder.hardLink(entry, tar.link());
      }
    } else if (type == EntryType.FILE && !tar.isSparse()) {
      content(tar, entry);
    }
  }

  private void content(TarReader tar, int entry) throws IOException {
    builder.dataOffset(entry, tar.offset());
    ContentHash.Value known = tar.bytes() > 0 ? tar.knownHash() : null;
    if (known != null) {
      builder.hash(entry, known);
    }
    if (builder.wants(entry)) {
      byte[] content = new byte[(int) tar.bytes()];
      tar.readFully(content);
      builder.content(entry, content);
      if (hashed) {
        hash.reset();
        hash.update(content, 0, content.length);
        builder.hash(entry, hash.value());
      }
    } else if (hashed && tar.bytes() > 0) {
      hash.reset();
      tar.hash(hash);
      builder.hash(entry, hash.value());
    }
  }

  /// Regular files that were passed by before a hard link asked for their content.
  public boolean hasPassedBy() {
    return !builder.passedBy().isEmpty();
  }

  /// Fetches what was passed by from the same archive, opened again.
  public void fetchPassedBy(TarInput again) throws IOException {
    List<Integer> entries = new ArrayList<>(builder.passedBy());
    entries.sort(null);
    for (int entry : entries) {
      long offset = builder.dataOffsetOf(entry);
      if (offset >= again.offset() && builder.fits(entry)) {
        again.skip(offset - again.offset());
        byte[] content = new byte[(int) builder.bytesOf(entry)];
        again.read(content, 0, content.length);
        builder.content(entry, content);
      }
    }
  }

  /// Says that the layer cannot be read again for what was passed by.
  public void leavePassedBy() {
    int left = builder.passedBy().size();
    if (left > 0) {
      builder.problem(
          ".",
          left
              + " files were not looked into, for only later hard links to them have names of"
              + " interest; read the image from a file to have them");
    }
  }

  /// The index; the reader is of no use afterwards.
  public LayerIndex index() {
    return builder.build();
  }
}
