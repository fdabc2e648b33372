package dev.depslim.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.model.DepslimException;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the engine that the `docker` client of this user would talk to: DOCKER_HOST,
/// DOCKER_CONTEXT, the current context of `~/.docker/config.json`, and then the sockets that exist
/// at the usual places, Podman's among them.
final class EndpointFinder {
  private final Map<String, String> environment;
  private final Path home;

  EndpointFinder(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.home = home;
  }

  /// The places to try, in order; the first that answers is taken.
  ///
  /// @throws DepslimException where what is configured cannot be understood
  List<Endpoint> endpoints() {
    String host = environment.get("DOCKER_HOST");
    if (host != null && !host.isBlank()) {
      return List.of(ofHost(host.strip(), certificatesOfEnvironment(), "DOCKER_HOST"));
    }
    String context = environment.get("DOCKER_CONTEXT");
    String because = "DOCKER_CONTEXT";
    if (context == null || context.isBlank()) {
      context = currentContext();
      because = configFolder().resolve("config.json").toString();
    }
    if (context != null && !context.equals("default")) {
      return List.of(ofContext(context, because));
    }
    return usual();
  }

  /// The places to try for Podman, in order.
  List<Endpoint> podman() {
    String host = environment.get("CONTAINER_HOST");
    if (host != null && !host.isBlank()) {
      return List.of(ofHost(host.strip(), null, "CONTAINER_HOST"));
    }
    return podmanSockets().stream().map(EndpointFinder::ofSocket).toList();
  }

  private List<Path> podmanSockets() {
    String runtime = environment.get("XDG_RUNTIME_DIR");
    Path system = Path.of("/run/podman/podman.sock");
    return runtime == null || runtime.isBlank()
        ? List.of(system)
        : List.of(Path.of(runtime, "podman/podman.sock"), system);
  }

  private static Endpoint ofSocket(Path socket) {
    return new Endpoint(URI.create("unix://" + socket), null, "default");
  }

  private Path configFolder() {
    String folder = environment.get("DOCKER_CONFIG");
    return folder == null || folder.isBlank() ? home.resolve(".docker") : Path.of(folder);
  }

  private @Nullable Path certificatesOfEnvironment() {
    String verify = environment.getOrDefault("DOCKER_TLS_VERIFY", "");
    if (verify.isEmpty() || verify.equals("0")) {
      return null;
    }
    String folder = environment.get("DOCKER_CERT_PATH");
    return folder == null || folder.isBlank() ? configFolder() : Path.of(folder);
  }

  private @Nullable String currentContext() {
    Path file = configFolder().resolve("config.json");
    if (!Files.isRegularFile(file)) {
      return null;
    }
    String name = read(file).string("currentContext");
    return name == null || name.isBlank() ? null : name;
  }

  /// `contexts/meta/SHA-256 of the name/meta.json`, see the `docker context` documentation.
  private Endpoint ofContext(String name, String because) {
    String id = sha256(name);
    Path file = configFolder().resolve("contexts/meta").resolve(id).resolve("meta.json");
    if (!Files.isRegularFile(file)) {
      throw new DepslimException.EngineUnavailable(
          "the Docker context '"
              + name
              + "' named by "
              + because
              + " does not exist: choose one of 'docker context ls', or unset it");
    }
    Tree.Mapping endpoints = read(file).mapping("Endpoints");
    Tree.Mapping docker = endpoints == null ? null : endpoints.mapping("docker");
    String host = docker == null ? null : docker.string("Host");
    if (docker == null || host == null) {
      throw new DepslimException.EngineUnavailable(
          file + ": the Docker context '" + name + "' has no Endpoints.docker.Host");
    }
    Path tls = configFolder().resolve("contexts/tls").resolve(id).resolve("docker");
    return ofHost(host, Files.isDirectory(tls) ? tls : null, "context '" + name + "'");
  }

  private static Endpoint ofHost(String host, @Nullable Path certificates, String because) {
    String withScheme = host.contains("://") ? host : "tcp://" + host;
    URI uri;
    try {
      uri = URI.create(withScheme);
    } catch (IllegalArgumentException e) {
      throw new DepslimException.EngineUnavailable(because + ": not a host: " + host, e);
    }
    return switch (String.valueOf(uri.getScheme())) {
      case "unix", "npipe" -> new Endpoint(uri, null, because);
      case "tcp", "http", "https" -> new Endpoint(uri, certificates, because);
      case "ssh" ->
          throw new DepslimException.EngineUnavailable(
              because
                  + ": "
                  + host
                  + " is reached over SSH, which is not spoken here: forward the socket"
                  + " (ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST) and set"
                  + " DOCKER_HOST=unix:///tmp/docker.sock, or use a 'docker save' archive");
      default ->
          throw new DepslimException.EngineUnavailable(
              because + ": unknown scheme in " + host + ": use unix:// or tcp://");
    };
  }

  private List<Endpoint> usual() {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return List.of(new Endpoint(URI.create("npipe:////./pipe/docker_engine"), null, "default"));
    }
    List<Path> sockets = new ArrayList<>();
    sockets.add(Path.of("/var/run/docker.sock"));
    String runtime = environment.get("XDG_RUNTIME_DIR");
    if (runtime != null && !runtime.isBlank()) {
      sockets.add(Path.of(runtime, "docker.sock"));
    }
    sockets.add(home.resolve(".docker/run/docker.sock"));
    sockets.addAll(podmanSockets());
    return sockets.stream().map(EndpointFinder::ofSocket).toList();
  }

  private static Tree.Mapping read(Path file) {
    try {
      if (Json.parse(Files.readAllBytes(file)) instanceof Tree.Mapping mapping) {
        return mapping;
      }
      throw new DepslimException.EngineUnavailable(file + ": not a JSON object");
    } catch (SyntaxException e) {
      throw new DepslimException.EngineUnavailable(
          file + ":" + e.line() + ":" + e.column() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DepslimException.EngineUnavailable(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static String sha256(String name) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
