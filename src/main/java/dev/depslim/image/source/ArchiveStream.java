package dev.depslim.image.source;

import dev.depslim.model.DepslimException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.jspecify.annotations.Nullable;

/// Reads an image archive that comes as a stream, in one pass and without temporary files: what an
/// engine exports. Contents are hashed as they pass by, for they cannot be read again.
public final class ArchiveStream {
  private ArchiveStream() {}

  /// Reads the stream to its end; packed as a whole is fine. The caller closes it.
  ///
  /// @param source what [ImageSource#source] says, such as `docker-engine`
  /// @param name of the image where the stream may hold several, or null
  /// @throws DepslimException.InvalidInput where it is damaged or no image
  public static ImageSource read(
      InputStream stream, ImageRequest request, String source, @Nullable String name) {
    String where = request.reference();
    try {
      PushbackInputStream in = new PushbackInputStream(stream, 4);
      byte[] start = in.readNBytes(4);
      in.unread(start);
      Compression compression = Compression.of(start, start.length);
      StreamBlobs blobs =
          new StreamBlobs(new UnpackedStream(in, compression, request.limits()), request);
      return new ImageAssembly(blobs, request, where, name).assemble(source, source);
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(
          where + ": the image cannot be read: " + e.getMessage(), e);
    }
  }
}
