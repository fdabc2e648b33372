package dev.depslim.engine;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where an engine listens.
///
/// @param host `unix:///path`, `tcp://host:port` or `npipe:////./pipe/name`
/// @param certificates folder with `ca.pem`, `cert.pem` and `key.pem`, or null for no TLS
/// @param because what named it, such as `DOCKER_HOST`
public record Endpoint(URI host, @Nullable Path certificates, String because) {
  /// The socket of an endpoint on this machine, or null for every other one.
  @Nullable Path socket() {
    String path = host.getPath();
    return "unix".equals(host.getScheme()) && path != null ? Path.of(path) : null;
  }

  @Override
  public String toString() {
    return host + " (" + because + ")";
  }
}
