package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the headers of a tar archive one by one, without an object for each: POSIX ustar and pax,
/// GNU long names, numbers in base 256, sparse files. The fields are those of the last header.
public final class TarReader {
  private static final int BLOCK = TarHeader.BLOCK;

  /// The most bytes of an extended header or a long name.
  private static final int MAX_EXTENSION = 1 << 20;

  private final TarInput in;
  private final PaxRecords pax = new PaxRecords();
  private final PaxRecords global = new PaxRecords();
  private byte[] name = new byte[512];
  private int nameLength;
  private byte[] link = new byte[512];
  private int linkLength;
  private EntryType type = EntryType.OTHER;
  private long size;
  private long bytes;
  private long modified;
  private int mode;
  private int uid;
  private int gid;
  private boolean sparse;
  private long contentStart;
  private long contentEnd;

  /// What a long name of GNU tar says, for the next header.
  private byte @Nullable [] longName;

  private byte @Nullable [] longLink;

  public TarReader(TarInput in) {
    this.in = in;
    this.contentEnd = in.offset();
  }

  /// Goes to the next entry; what is left of the content of the last one is skipped.
  ///
  /// @return false at the end of the archive: a block of zeros, or no more bytes
  /// @throws LayerException where there is something that is no header
  public boolean next() throws IOException {
    pax.clear();
    longName = null;
    longLink = null;
    while (true) {
      toContentEnd();
      long at = in.offset();
      if (!in.require(BLOCK)) {
        if (in.limit == in.position) {
          return false;
        }
        throw new LayerException(
            at == 0
                ? "it is no tar archive"
                : "the archive ends in the middle of a header at byte " + at);
      }
      byte[] block = in.window;
      int start = in.position;
      if (block[start] == 0 && TarHeader.isZero(block, start)) {
        return false;
      }
      if (!TarHeader.isValid(block, start)) {
        throw new LayerException(at == 0 ? "it is no tar archive" : "no tar header at byte " + at);
      }
      if (!extension(block[start + 156], block, start)) {
        header(block[start + 156], block, start);
        return true;
      }
    }
  }

  private void toContentEnd() throws IOException {
    long left = contentEnd - in.offset();
    if (left > 0) {
      try {
        in.skip(left);
      } catch (EOFException e) {
        throw new LayerException("the archive ends in the middle of " + name(), e);
      }
    }
  }

  /// Reads a header that only says something of the next one.
  private boolean extension(byte flag, byte[] block, int start) throws IOException {
    if (flag != 'x' && flag != 'X' && flag != 'g' && flag != 'L' && flag != 'K' && flag != 'V') {
      return false;
    }
    long length = TarHeader.number(block, start + 124, 12);
    if (length < 0 || length > MAX_EXTENSION) {
      throw new LayerException("an extended header of " + length + " bytes");
    }
    in.position += BLOCK;
    contentEnd = in.offset() + padded(length);
    if (flag == 'V') {
      return true;
    }
    byte[] content = new byte[(int) length];
    readFully(content);
    switch (flag) {
      case 'L' -> longName = text(content);
      case 'K' -> longLink = text(content);
      case 'g' -> global.read(content);
      default -> pax.read(content);
    }
    return true;
  }

  private static byte[] text(byte[] content) {
    return Arrays.copyOf(content, TarHeader.length(content, 0, content.length));
  }

  private void header(byte flag, byte[] block, int start) throws IOException {
    size = TarHeader.number(block, start + 124, 12);
    modified = TarHeader.number(block, start + 136, 12);
    mode = (int) TarHeader.number(block, start + 100, 8) & 07777;
    uid = (int) TarHeader.number(block, start + 108, 8);
    gid = (int) TarHeader.number(block, start + 116, 8);
    names(block, start);
    linkLength = TarHeader.length(block, start + 157, 100);
    System.arraycopy(block, start + 157, link, 0, linkLength);
    long seen = flag == 'S' ? TarHeader.number(block, start + 483, 12) : -1;
    boolean extended = flag == 'S' && block[start + 482] != 0;
    sparse = flag == 'S';
    apply(global);
    apply(pax);
    type = type(flag);
    if (type != EntryType.FILE && flag != 'D') {
      size = 0;
    }
    if (size < 0) {
      throw new LayerException("a negative size of " + name());
    }
    in.position += BLOCK;
    while (extended) {
      if (!in.require(BLOCK)) {
        throw new LayerException("the archive ends in the middle of " + name());
      }
      extended = in.window[in.position + 504] != 0;
      in.position += BLOCK;
    }
    contentStart = in.offset();
    contentEnd = contentStart + padded(size);
    if (contentEnd < 0) {
      throw new LayerException("a size beyond all archives of " + name());
    }
    Long sparseSize = pax.sparseSize;
    bytes = seen >= 0 ? seen : sparseSize != null ? sparseSize : size;
    if (type != EntryType.FILE) {
      bytes = 0;
    }
  }

  private void names(byte[] block, int start) {
    byte[] longer = longName;
    if (longer != null) {
      name(longer);
    } else {
      nameLength = 0;
      if (TarHeader.hasPrefix(block, start) && block[start + 345] != 0) {
        nameLength = TarHeader.length(block, start + 345, 155);
        System.arraycopy(block, start + 345, name, 0, nameLength);
        name[nameLength++] = '/';
      }
      int length = TarHeader.length(block, start, 100);
      System.arraycopy(block, start, name, nameLength, length);
      nameLength += length;
    }
  }

  private void apply(PaxRecords records) {
    byte[] path = records.path;
    if (path != null) {
      name(path);
    }
    byte[] longerLink = records.linkPath != null ? records.linkPath : longLink;
    if (longerLink != null) {
      link = longerLink.length > link.length ? new byte[longerLink.length] : link;
      System.arraycopy(longerLink, 0, link, 0, longerLink.length);
      linkLength = longerLink.length;
    }
    size = records.size == null ? size : records.size;
    modified = records.modified == null ? modified : records.modified;
    uid = records.uid == null ? uid : (int) (long) records.uid;
    gid = records.gid == null ? gid : (int) (long) records.gid;
    sparse |= records.sparse;
  }

  private void name(byte[] text) {
    name = text.length > name.length ? new byte[text.length] : name;
    System.arraycopy(text, 0, name, 0, text.length);
    nameLength = text.length;
  }

  /// The meaning of a type flag; an unknown one is a regular file (POSIX, ustar interchange
  /// format).
  private EntryType type(byte flag) {
    return switch (flag) {
      case '1' -> EntryType.HARDLINK;
      case '2' -> EntryType.SYMLINK;
      case '3', '4', '6' -> EntryType.OTHER;
      case '5', 'D' -> EntryType.FOLDER;
      default ->
          nameLength > 0 && name[nameLength - 1] == '/' && size == 0
              ? EntryType.FOLDER
              : EntryType.FILE;
    };
  }

  private static long padded(long length) {
    return length + BLOCK - 1 & -BLOCK;
  }

  /// The name as a text.
  public String name() {
    return new String(name, 0, nameLength, UTF_8);
  }

  byte[] nameBytes() {
    return name;
  }

  int nameLength() {
    return nameLength;
  }

  /// What a link points to.
  public String link() {
    return new String(link, 0, linkLength, UTF_8);
  }

  int linkLength() {
    return linkLength;
  }

  public EntryType type() {
    return type;
  }

  /// The bytes of a regular file as it is seen; those in the archive are less where it is sparse.
  public long bytes() {
    return bytes;
  }

  /// Whether the archive leaves out the holes of the file, so that its content is not the one that
  /// is seen.
  public boolean isSparse() {
    return sparse;
  }

  /// Seconds since 1970.
  public long modified() {
    return modified;
  }

  public int mode() {
    return mode;
  }

  public int uid() {
    return uid;
  }

  public int gid() {
    return gid;
  }

  /// Where the archive goes on with the content.
  public long offset() {
    return in.offset();
  }

  /// The bytes in the archive.
  public long storedSize() {
    return size;
  }

  /// Reads the next bytes of the content.
  public void readFully(byte[] target) throws IOException {
    try {
      in.read(target, 0, target.length);
    } catch (EOFException e) {
      throw new LayerException("the archive ends in the middle of " + name(), e);
    }
  }

  /// What is left of the content, as a stream that reads from the archive itself.
  public InputStream restOfContent() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
      }

      @Override
      public int read(byte[] target, int start, int length) throws IOException {
        long left = contentStart + size - in.offset();
        if (left <= 0 || length == 0) {
          return length == 0 ? 0 : -1;
        }
        if (!in.require(1)) {
          throw new LayerException("the archive ends in the middle of " + name());
        }
        int count = (int) Math.min(Math.min(left, length), in.limit - in.position);
        in.read(target, start, count);
        return count;
      }
    };
  }

  /// Whether something that begins with these bytes is a tar archive, an empty one among them.
  public static boolean isArchive(byte[] start) {
    return start.length >= BLOCK && (TarHeader.isValid(start, 0) || TarHeader.isZero(start, 0));
  }

  /// The hash of the content as the source knows it, or null; to be asked before any of it is read.
  ContentHash.@Nullable Value knownHash() throws IOException {
    return in.knownHash(size);
  }

  /// Passes the whole content to a hash.
  void hash(ContentHash hash) throws IOException {
    try {
      in.hash(hash, size);
    } catch (EOFException e) {
      throw new LayerException("the archive ends in the middle of " + name(), e);
    }
  }
}
