package dev.depslim.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes the archive of a layer in memory, with a writer that is not ours.
public final class LayerFixture {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;
  private long modified = 1_700_000_000L;
  private int mode = 0644;
  private int owner;

  public LayerFixture() {
    this(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  /// @param longFiles one of the `LONGFILE_` constants of [TarArchiveOutputStream]
  public LayerFixture(int longFiles) {
    tar = new TarArchiveOutputStream(bytes, "UTF-8");
    tar.setLongFileMode(longFiles);
    tar.setBigNumberMode(
        longFiles == TarArchiveOutputStream.LONGFILE_GNU
            ? TarArchiveOutputStream.BIGNUMBER_STAR
            : TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /// Modification time of the entries that follow, in seconds.
  public LayerFixture modified(long seconds) {
    modified = seconds;
    return this;
  }

  /// Permissions of the files that follow.
  public LayerFixture mode(int bits) {
    mode = bits;
    return this;
  }

  /// Owner and group of the entries that follow.
  public LayerFixture owner(int id) {
    owner = id;
    return this;
  }

  public LayerFixture folder(String path) {
    return put(entry(path.endsWith("/") ? path : path + "/", TarConstants.LF_DIR), new byte[0]);
  }

  /// A file of that many bytes, which depend on its path alone.
  public LayerFixture file(String path, int size) {
    return file(path, random(path.hashCode(), size));
  }

  public LayerFixture file(String path, String text) {
    return file(path, text.getBytes(UTF_8));
  }

  public LayerFixture file(String path, byte[] content) {
    TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL);
    entry.setMode(mode);
    return put(entry, content);
  }

  public LayerFixture symlink(String path, String target) {
    TarArchiveEntry entry = entry(path, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  public LayerFixture hardLink(String path, String target) {
    TarArchiveEntry entry = entry(path, TarConstants.LF_LINK);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  public LayerFixture pipe(String path) {
    return put(entry(path, TarConstants.LF_FIFO), new byte[0]);
  }

  /// Hides the path in lower layers.
  public LayerFixture whiteout(String path) {
    int name = path.lastIndexOf('/') + 1;
    return file(path.substring(0, name) + ".wh." + path.substring(name), new byte[0]);
  }

  /// Hides what lower layers have in the folder.
  public LayerFixture opaque(String folder) {
    return file(folder + "/.wh..wh..opq", new byte[0]);
  }

  private TarArchiveEntry entry(String path, byte type) {
    TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
    entry.setModTime(modified * 1000);
    entry.setIds(owner, owner);
    return entry;
  }

  private LayerFixture put(TarArchiveEntry entry, byte[] content) {
    try {
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The archive.
  public byte[] build() {
    try {
      tar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Bytes that look random and are the same for the same seed.
  public static byte[] random(int seed, int size) {
    byte[] content = new byte[size];
    new SplittableRandom(seed).nextBytes(content);
    return content;
  }
}
