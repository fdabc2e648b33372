import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/// The least that a reader of a saved image can do with commons-compress: visit every header of every
/// layer, skip every content, keep two sums. What `depslim image` is measured against.
///
///     java -cp commons-compress.jar:… HeaderWalk.java image.tar
class HeaderWalk {
  public static void main(String[] args) throws IOException {
    Path archive = Path.of(args[0]);
    long files = 0;
    long bytes = 0;
    try (TarFile outer = new TarFile(archive.toFile());
        FileChannel channel = FileChannel.open(archive)) {
      for (TarArchiveEntry blob : outer.getEntries()) {
        if (!blob.isFile() || !isTar(channel, blob.getDataOffset(), blob.getSize())) {
          continue;
        }
        InputStream in = new Section(channel, blob.getDataOffset(), blob.getSize());
        try (TarArchiveInputStream layer = new TarArchiveInputStream(in)) {
          for (TarArchiveEntry entry; (entry = layer.getNextEntry()) != null; ) {
            if (entry.isFile() && !entry.isLink()) {
              files++;
              bytes += entry.getSize();
            }
          }
        }
      }
    }
    System.out.println(files + " files, " + bytes + " bytes");
  }

  private static boolean isTar(FileChannel channel, long offset, long size) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(5);
    return size >= 1024
        && channel.read(magic, offset + 257) == 5
        && new String(magic.array(), java.nio.charset.StandardCharsets.US_ASCII).equals("ustar");
  }

  /// A part of a file that is skipped by seeking.
  private static final class Section extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long at;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 13).limit(0);

    Section(FileChannel channel, long start, long size) {
      this.channel = channel;
      this.at = start;
      this.end = start + size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      if (!buffer.hasRemaining()) {
        if (at >= end) {
          return -1;
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
        int count = channel.read(buffer, at);
        buffer.flip();
        if (count <= 0) {
          return -1;
        }
        at += count;
      }
      int count = Math.min(length, buffer.remaining());
      buffer.get(bytes, start, count);
      return count;
    }

    @Override
    public long skip(long count) {
      long inBuffer = Math.min(count, buffer.remaining());
      buffer.position(buffer.position() + (int) inBuffer);
      long rest = Math.min(count - inBuffer, end - at);
      at += rest;
      return inBuffer + rest;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - at + buffer.remaining());
    }
  }
}
