package dev.depslim.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The secrets of a user, each for one place: a host, or a folder of one.
///
/// A secret is given to no other host, also not where a server sends on to one. It never stands in
/// a message, a report or a key of the cache, so this class says nothing of what it holds.
public final class Credentials {
  /// None.
  public static final Credentials NONE = new Credentials(Map.of());

  /// `host[:port]/folder/` in lower case up to the path → the value of the header `Authorization`.
  private final Map<String, String> headers;

  private Credentials(Map<String, String> headers) {
    this.headers = Map.copyOf(headers);
  }

  /// Collects secrets; of two for one place the first counts.
  public static final class Builder {
    private final Map<String, String> headers = new TreeMap<>();

    /// A token.
    ///
    /// @param place `host[:port]/folder/`; whatever stands before `//` does not matter
    public Builder bearer(String place, String token) {
      return add(place, "Bearer " + token);
    }

    /// A user with a password.
    public Builder basic(String place, String user, String password) {
      return encoded(
          place,
          Base64.getEncoder()
              .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /// A user with a password, encoded as basic authentication has it (RFC 7617).
    public Builder encoded(String place, String userAndPassword) {
      return add(place, "Basic " + userAndPassword);
    }

    private Builder add(String place, String header) {
      boolean printable = header.chars().allMatch(c -> c >= ' ' && c < 0x7f);
      if (printable && !header.endsWith(" ")) {
        headers.putIfAbsent(normal(place), header);
      }
      return this;
    }

    /// The secrets.
    public Credentials build() {
      return headers.isEmpty() ? NONE : new Credentials(headers);
    }
  }

  private static String normal(String place) {
    String rest = place.substring(place.indexOf("//") < 0 ? 0 : place.indexOf("//") + 2);
    int slash = rest.indexOf('/');
    String host = (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
    String path = slash < 0 ? "/" : rest.substring(slash);
    return host + (path.endsWith("/") ? path : path + "/");
  }

  /// The value of the header `Authorization` for an address: that of the nearest folder; null where
  /// nobody is to be told anything.
  @Nullable String header(URI uri) {
    if (headers.isEmpty() || uri.getHost() == null) {
      return null;
    }
    String place = normal(Http.host(uri) + (uri.getRawPath() == null ? "/" : uri.getRawPath()));
    String best = null;
    for (String known : headers.keySet()) {
      if (place.startsWith(known) && (best == null || known.length() > best.length())) {
        best = known;
      }
    }
    return best == null ? null : headers.get(best);
  }

  @Override
  public String toString() {
    return "credentials for " + headers.size() + " places";
  }
}
