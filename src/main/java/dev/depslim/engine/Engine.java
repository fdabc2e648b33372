package dev.depslim.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.depslim.model.DepslimException;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A container engine that speaks the Docker API: Docker, or Podman's socket. Paths carry no
/// version, so the engine answers with the newest that it knows.
///
/// The requests go over docker-java's transport without its object layer, which takes longer to
/// load than an image takes to be read from the engine's folders.
public final class Engine implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]*");
  private static final int MESSAGE_BYTES = 1 << 16;

  private final DockerHttpClient client;
  private final Endpoint endpoint;

  private Engine(DockerHttpClient client, Endpoint endpoint) {
    this.client = client;
    this.endpoint = endpoint;
  }

  /// Connects to the engine that this user's `docker` client talks to.
  ///
  /// @throws DepslimException.EngineUnavailable where none answers; says what was tried
  public static Engine connect() {
    return connect(System.getenv(), Path.of(System.getProperty("user.home", "/")));
  }

  /// The same for the engine that `podman --remote` talks to: CONTAINER_HOST, else Podman's
  /// sockets.
  public static Engine connectPodman() {
    return connect(
        new EndpointFinder(System.getenv(), Path.of(System.getProperty("user.home", "/")))
            .podman());
  }

  static Engine connect(Map<String, String> environment, Path home) {
    return connect(new EndpointFinder(environment, home).endpoints());
  }

  private static Engine connect(List<Endpoint> endpoints) {
    List<String> tried = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      Path socket = endpoint.socket();
      if (socket != null && !Files.exists(socket)) {
        tried.add(endpoint + ": there is no such socket");
        continue;
      }
      Engine engine = new Engine(client(endpoint), endpoint);
      String problem = engine.ping();
      if (problem == null) {
        return engine;
      }
      engine.close();
      tried.add(endpoint + ": " + problem);
    }
    throw new DepslimException.EngineUnavailable(
        "no container engine answers; tried "
            + String.join("; ", tried)
            + ". Start Docker or Podman's socket (systemctl --user start podman.socket), set"
            + " DOCKER_HOST, or name an archive made by 'docker save -o image.tar IMAGE'");
  }

  private static DockerHttpClient client(Endpoint endpoint) {
    ZerodepDockerHttpClient.Builder builder =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(endpoint.host())
            .connectionTimeout(CONNECT);
    Path certificates = endpoint.certificates();
    if (certificates == null) {
      return builder.build();
    }
    SSLContext context = PemFiles.context(certificates);
    return builder.sslConfig(() -> context).build();
  }

  /// What keeps the engine from answering, or null.
  private @Nullable String ping() {
    try (Response response = get("/_ping")) {
      int status = response.getStatusCode();
      return status == 200 ? null : "answered with status " + status;
    } catch (DepslimException e) {
      throw e;
    } catch (RuntimeException e) {
      return reason(e);
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return message.contains("Permission denied")
        ? "permission denied: join the group that owns the socket, or run as root"
        : message;
  }

  /// Whether the engine may run on this machine, so that its folders may be here.
  public boolean isLocal() {
    return endpoint.socket() != null;
  }

  /// What named the engine and where it listens.
  public Endpoint endpoint() {
    return endpoint;
  }

  /// What the engine tells of an image: the answer of `GET /images/NAME/json`.
  ///
  /// @param platform `os/arch[/variant]`, or null for the engine's choice
  /// @throws DepslimException.InvalidInput where it has no such image
  public Tree.Mapping inspectImage(String reference, @Nullable String platform) {
    return object("/images/" + checked(reference) + "/json" + query(platform), reference);
  }

  /// What the engine tells of itself: the answer of `GET /info`.
  public Tree.Mapping info() {
    return object("/info", "info");
  }

  private Tree.Mapping object(String path, String reference) {
    try (Response response = succeed(path, reference)) {
      if (Json.parse(response.getBody().readAllBytes()) instanceof Tree.Mapping mapping) {
        return mapping;
      }
      throw new DepslimException.EngineUnavailable(endpoint + ": " + path + " gave no object");
    } catch (SyntaxException | IOException e) {
      throw new DepslimException.EngineUnavailable(
          endpoint + ": the answer to " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// The archive of an image, as `docker save` writes it. To be closed.
  ///
  /// @param platform `os/arch[/variant]`, or null for the engine's choice; an engine before API
  ///   1.48 pays no attention to it
  /// @throws DepslimException.InvalidInput where it has no such image
  public InputStream saveImage(String reference, @Nullable String platform) {
    Response response =
        succeed("/images/" + checked(reference) + "/get" + query(platform), reference);
    return new FilterInputStream(response.getBody()) {
      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        try {
          return in.read(bytes, start, length);
        } catch (UncheckedIOException e) {
          throw e.getCause();
        }
      }

      @Override
      public void close() {
        // The connection goes, too: what is left of the archive is not read to its end.
        response.close();
      }
    };
  }

  private static String checked(String reference) {
    if (!REFERENCE.matcher(reference).matches() || reference.contains("..")) {
      throw new DepslimException.InvalidInput(
          reference + ": not a name of an image: expected NAME[:TAG], NAME@sha256:… or an id");
    }
    return reference;
  }

  /// The Docker API takes a platform as JSON (`GET /images/{name}/get`, since 1.48).
  private static String query(@Nullable String platform) {
    if (platform == null) {
      return "";
    }
    String[] parts = platform.split("/", 3);
    if (parts.length < 2) {
      throw new DepslimException.Usage(
          platform + ": not a platform: expected os/arch[/variant], such as linux/amd64");
    }
    String json =
        "{\"os\":\""
            + parts[0]
            + "\",\"architecture\":\""
            + parts[1]
            + (parts.length > 2 ? "\",\"variant\":\"" + parts[2] : "")
            + "\"}";
    return "?platform=" + URLEncoder.encode(json, UTF_8);
  }

  private Response succeed(String path, String reference) {
    Response response;
    try {
      response = get(path);
    } catch (RuntimeException e) {
      throw new DepslimException.EngineUnavailable(endpoint + ": " + reason(e), e);
    }
    int status = response.getStatusCode();
    if (status == 200) {
      return response;
    }
    String message = message(response);
    response.close();
    if (status == 404) {
      throw new DepslimException.InvalidInput(
          reference
              + ": the engine at "
              + endpoint
              + " has no such image"
              + (message.toLowerCase(Locale.ROOT).contains("no such image")
                  ? ""
                  : " (" + message + ")")
              + ": pull or build it first, or choose one of 'docker image ls'");
    }
    throw new DepslimException.EngineUnavailable(
        endpoint + ": " + path + " answered with status " + status + ": " + message);
  }

  private static String message(Response response) {
    String body;
    try {
      body = new String(response.getBody().readNBytes(MESSAGE_BYTES), UTF_8);
      if (Json.parse(body.getBytes(UTF_8)) instanceof Tree.Mapping mapping) {
        String message = mapping.string("message");
        return message == null ? body.strip() : message;
      }
    } catch (SyntaxException | IOException e) {
      return String.valueOf(e.getMessage());
    }
    return body.strip();
  }

  private Response get(String path) {
    return client.execute(Request.builder().method(Request.Method.GET).path(path).build());
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
