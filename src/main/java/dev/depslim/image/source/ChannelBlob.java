package dev.depslim.image.source;

import dev.depslim.image.layer.ChannelTarInput;
import dev.depslim.image.layer.LayerException;
import dev.depslim.image.layer.LayerIndex;
import dev.depslim.image.layer.LayerReader;
import dev.depslim.image.layer.StreamTarInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/// A blob that lies in a part of a file: of an archive, or a file of its own.
record ChannelBlob(FileChannel channel, long start, long length) {
  byte[] read() throws IOException {
    if (length > BlobStore.MAX_DOCUMENT) {
      throw new LayerException("a document of " + length + " bytes");
    }
    try (InputStream in = stream(0, length)) {
      return in.readAllBytes();
    }
  }

  /// A part of the blob, read by position.
  InputStream stream(long from, long count) {
    return new Slice(channel, start + from, count);
  }

  BlobStore.Indexed index(ImageRequest request) throws IOException {
    byte[] first = new byte[4];
    int count;
    try (InputStream in = stream(0, Math.min(4, length))) {
      count = in.readNBytes(first, 0, 4);
    }
    Compression compression = Compression.of(first, count);
    return compression == Compression.NONE && !request.verify()
        ? inPlace(request)
        : streamed(request, compression);
  }

  /// The headers only, and the few contents that are wanted.
  private BlobStore.Indexed inPlace(ImageRequest request) throws IOException {
    LayerReader reader = new LayerReader(request.wanted(), request.limits(), false);
    reader.read(new ChannelTarInput(channel, start, length));
    if (reader.hasPassedBy()) {
      reader.fetchPassedBy(new ChannelTarInput(channel, start, length));
    }
    LayerIndex index = reader.index();
    return new BlobStore.Indexed(index, contents(index), length, length, Compression.NONE, null);
  }

  private BlobStore.Indexed streamed(ImageRequest request, Compression compression)
      throws IOException {
    boolean plain = compression == Compression.NONE;
    LayerReader reader = new LayerReader(request.wanted(), request.limits(), !plain);
    MessageDigest digest = Sha256.start();
    long tarBytes;
    try (InputStream unpacked =
        new UnpackedStream(stream(0, length), compression, request.limits())) {
      InputStream in = request.verify() ? new DigestInputStream(unpacked, digest) : unpacked;
      StreamTarInput tar = new StreamTarInput(in);
      reader.read(tar);
      tarBytes = tar.drain();
    }
    if (reader.hasPassedBy()) {
      try (InputStream again =
          new UnpackedStream(stream(0, length), compression, request.limits())) {
        reader.fetchPassedBy(new StreamTarInput(again));
      }
    }
    LayerIndex index = reader.index();
    return new BlobStore.Indexed(
        index,
        plain ? contents(index) : null,
        length,
        tarBytes,
        compression,
        request.verify() ? Sha256.end(digest) : null);
  }

  private LayerContents contents(LayerIndex index) {
    return () ->
        (entry, position, target) -> {
          long offset = index.dataOffset(entry);
          if (offset < 0) {
            return false;
          }
          int most = (int) Math.clamp(index.bytes(entry) - position, 0, target.remaining());
          target.limit(target.position() + most);
          for (long at = start + offset + position; target.hasRemaining(); ) {
            int read = channel.read(target, at);
            if (read < 0) {
              throw new LayerException("the file ends too early");
            }
            at += read;
          }
          return true;
        };
  }

  private static final class Slice extends InputStream {
    private final FileChannel channel;
    private long position;
    private long left;

    Slice(FileChannel channel, long position, long left) {
      this.channel = channel;
      this.position = position;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      ByteBuffer buffer = ByteBuffer.wrap(target, start, (int) Math.min(length, left));
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw new LayerException("the file ends too early");
      }
      position += read;
      left -= read;
      return read;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.clamp(count, 0, left);
      position += skipped;
      left -= skipped;
      return skipped;
    }
  }
}
