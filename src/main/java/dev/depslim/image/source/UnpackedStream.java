package dev.depslim.image.source;

import dev.depslim.image.layer.LayerException;
import dev.depslim.image.layer.Limits;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a blob unpacks to; ends with a [LayerException] where it unpacks to far more than any layer
/// does, or is damaged.
final class UnpackedStream extends InputStream {
  private final Counted packed;
  private final InputStream unpacked;
  private final Limits limits;
  private final boolean compressed;
  private long count;

  UnpackedStream(InputStream blob, Compression compression, Limits limits) {
    this.packed = new Counted(blob);
    this.limits = limits;
    this.compressed = compression != Compression.NONE;
    this.unpacked =
        switch (compression) {
          case NONE -> packed;
          case GZIP -> new GzipStream(packed);
          case ZSTD -> new ZstdInputStream(new ZstdFrames(packed));
        };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    int read;
    try {
      read = unpacked.read(target, start, length);
    } catch (RuntimeException e) {
      // What the decoder of zstd throws at damaged data.
      throw new LayerException("damaged compressed data: " + e.getMessage(), e);
    }
    count += Math.max(0, read);
    if (compressed
        && count > limits.inflatedBytes()
        && count / limits.inflatedRatio() > packed.count) {
      throw new LayerException(
          packed.count + " bytes unpack to more than " + count + ": taken for a bomb, not read");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      int read = super.read(target, start, length);
      count += Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      count += skipped;
      return skipped;
    }
  }
}
