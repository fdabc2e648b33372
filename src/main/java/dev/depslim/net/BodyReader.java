package dev.depslim.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Makes something of the content of an answer while it comes in.
@FunctionalInterface
public interface BodyReader<T> {
  /// @param body all of the content, or the part of it that was asked for; unpacked where the
  ///   server packed it for the way; need not be read to its end
  /// @throws IOException where the content breaks off; then it is asked for again
  T read(Head head, InputStream body) throws IOException;

  /// What an answer says of its content.
  ///
  /// @param uri where it came from in the end
  /// @param status 200, or 206 for a part
  /// @param length bytes of the content; -1 where not known
  /// @param whole bytes of the whole file where this is a part of it; -1 where not known
  /// @param start where in the file the part begins; -1 where not known
  /// @param type its media type, or null
  record Head(URI uri, int status, long length, long whole, long start, @Nullable String type) {
    /// Whether this is a part of the file.
    public boolean isPart() {
      return status == 206;
    }
  }

  /// The content can be read, and is not what was expected: asking again makes no sense.
  final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param reason for people, behind the name of the server, such as `answers without a name`
    public Unusable(String reason) {
      super(reason);
    }
  }
}
