package dev.depslim.net;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A question to a server.
///
/// @param uri `http` or `https`, without a user and password in it
/// @param accept the media types that are understood
/// @param range a part of the file as `Range` takes it, such as `bytes=0-99`; null for all of it
/// @param limit how many bytes of the answer are read at most, also after they are unpacked
/// @param credentials whom the user trusts with which secret
public record Request(
    URI uri, String accept, @Nullable String range, long limit, Credentials credentials) {
  /// A question for all of a file.
  public static Request of(URI uri, String accept, long limit, Credentials credentials) {
    return new Request(uri, accept, null, limit, credentials);
  }

  /// The same question for a part of the file.
  ///
  /// @param range such as `bytes=0-99` or `bytes=-100`
  public Request part(String range, long limit) {
    return new Request(uri, accept, range, limit, credentials);
  }

  /// The same question elsewhere.
  Request at(URI other) {
    return new Request(other, accept, range, limit, credentials);
  }
}
