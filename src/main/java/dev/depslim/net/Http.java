package dev.depslim.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Asks servers for files over HTTP, many at a time.
///
/// A question that fails for the moment (429, 5xx, a broken connection) is asked again after a
/// pause. Servers that do not answer any more are asked no more. Redirects are followed, but not
/// from `https` to `http`. A client may be used by many threads.
public final class Http {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_DRAINED = 1 << 16;

  private final Settings settings;
  private final Map<String, Server> servers = new ConcurrentHashMap<>();
  private @Nullable SSLSocketFactory sockets;

  /// What a client is made with.
  ///
  /// @param agent name of the program
  /// @param bundles files with certificates of further authorities, in PEM
  /// @param certificates the same as content
  public record Settings(
      String agent, Pace pace, Proxies proxies, List<Path> bundles, List<byte[]> certificates) {
    public Settings {
      bundles = List.copyOf(bundles);
      certificates = List.copyOf(certificates);
    }
  }

  public Http(Settings settings) {
    this.settings = settings;
  }

  /// The host of an address with its port, where it is not the usual one.
  public static String host(URI uri) {
    boolean usual =
        uri.getPort() < 0 || uri.getPort() == (uri.getScheme().equals("https") ? 443 : 80);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return usual ? host : host + ":" + uri.getPort();
  }

  /// The address that a text is, without user and password; null where it is none of HTTP.
  public static @Nullable URI address(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if (uri.getHost() == null || !http && !"https".equalsIgnoreCase(uri.getScheme())) {
        return null;
      }
      String path = uri.getRawPath();
      return new URI(
          (http ? "http://" : "https://")
              + uri.getHost()
              + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
              + (path == null || path.isEmpty() ? "/" : path)
              + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    } catch (java.net.URISyntaxException _) {
      return null;
    }
  }

  /// Asks a question and reads the answer.
  public <T> Answer<T> get(Request request, BodyReader<T> reader) {
    Request at = request;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      Server server =
          servers.computeIfAbsent(host(at.uri()), name -> new Server(name, settings.pace()));
      Step<T> step = tries(at, reader, server);
      switch (step) {
        case Step.End<T>(Answer<T> answer) -> {
          return answer;
        }
        case Step.Elsewhere<T>(URI uri) -> at = at.at(uri);
        case Step.Again<T> _ -> throw new AssertionError("tries end with an answer");
      }
    }
    return new Answer.Refused<>(0, host(request.uri()) + " sends from one address to the next");
  }

  /// How one try ended.
  private sealed interface Step<T> {
    record End<T>(Answer<T> answer) implements Step<T> {}

    record Elsewhere<T>(URI uri) implements Step<T> {}

    /// @param pause that the server asks for, or null
    record Again<T>(String reason, @Nullable Duration pause) implements Step<T> {}
  }

  private <T> Step<T> tries(Request request, BodyReader<T> reader, Server server) {
    Duration pause = settings.pace().pause();
    String reason = "";
    for (int tried = 1; tried <= settings.pace().tries(); tried++) {
      String down = server.down();
      if (down != null) {
        return new Step.End<>(new Answer.Failed<>(down));
      }
      Step<T> step;
      try {
        server.enter();
        try {
          step = server.down() == null ? once(request, reader, server) : new Step.Again<>("", null);
        } finally {
          server.leave();
        }
        if (!(step instanceof Step.Again<T> again)) {
          return step;
        }
        reason = again.reason().isEmpty() ? reason : again.reason();
        Duration wait = again.pause() == null ? pause : again.pause();
        if (wait.compareTo(settings.pace().longestPause()) > 0) {
          break;
        }
        if (tried < settings.pace().tries() && server.down() == null) {
          Thread.sleep(wait);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return new Step.End<>(new Answer.Failed<>("the run was interrupted"));
      }
      pause = pause.multipliedBy(2);
    }
    String down = server.down();
    return new Step.End<>(new Answer.Failed<>(down == null ? reason : down));
  }

  private <T> Step<T> once(Request request, BodyReader<T> reader, Server server) {
    HttpURLConnection connection = null;
    try {
      connection = open(request);
      int status = connection.getResponseCode();
      Step<T> step = answered(request, connection, status, reader, server);
      if (step instanceof Step.Again<T>(String reason, _)) {
        server.failed(reason);
      } else {
        server.answered();
      }
      return step;
    } catch (BodyReader.Unusable e) {
      return refused(server, String.valueOf(e.getMessage()), connection);
    } catch (Limited.TooLarge _) {
      String limit = "answers with more than " + request.limit() / 1_000_000 + " MB";
      return refused(server, limit, connection);
    } catch (IOException e) {
      String reason = server.name() + " " + whatFailed(e);
      if (e instanceof Trust.Unusable || e instanceof SSLException ssl && !isBroken(ssl)) {
        server.giveUp(reason);
      } else {
        server.failed(reason);
      }
      close(connection);
      return new Step.Again<>(reason, null);
    }
  }

  private static <T> Step<T> refused(
      Server server, String reason, @Nullable HttpURLConnection connection) {
    close(connection);
    return new Step.End<>(new Answer.Refused<>(0, server.name() + " " + reason));
  }

  private static void close(@Nullable HttpURLConnection connection) {
    if (connection != null) {
      connection.disconnect();
    }
  }

  private <T> Step<T> answered(
      Request request,
      HttpURLConnection connection,
      int status,
      BodyReader<T> reader,
      Server server)
      throws IOException {
    String says = server.name() + " answers " + status;
    switch (status) {
      case 200, 206 -> {
        return new Step.End<>(new Answer.Got<>(content(request, connection, status, reader)));
      }
      case 301, 302, 303, 307, 308 -> {
        drain(connection);
        return redirect(request, connection.getHeaderField("Location"), server);
      }
      case 429, 500, 502, 503, 504 -> {
        Duration pause = RetryAfter.of(connection.getHeaderField("Retry-After"));
        drain(connection);
        return new Step.Again<>(says, pause);
      }
      default -> {
        drain(connection);
        String why = status == 401 || status == 403 ? says + ": it wants other credentials" : says;
        return new Step.End<>(new Answer.Refused<>(status, why));
      }
    }
  }

  private static <T> Step<T> redirect(Request request, @Nullable String location, Server server) {
    URI target = null;
    try {
      target = location == null ? null : address(request.uri().resolve(location).toString());
    } catch (IllegalArgumentException _) {
      // no address
    }
    if (target == null) {
      return refused(server, "sends on to no address", null);
    }
    if (request.uri().getScheme().equals("https") && target.getScheme().equals("http")) {
      return refused(server, "sends on to an address without encryption", null);
    }
    return new Step.Elsewhere<>(target);
  }

  private HttpURLConnection open(Request request) throws IOException {
    URI uri = request.uri();
    HttpURLConnection connection =
        (HttpURLConnection) uri.toURL().openConnection(settings.proxies().to(uri));
    if (connection instanceof HttpsURLConnection encrypted) {
      encrypted.setSSLSocketFactory(sockets());
    }
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) settings.pace().connect().toMillis());
    connection.setReadTimeout((int) settings.pace().silence().toMillis());
    connection.setRequestProperty("User-Agent", settings.agent());
    connection.setRequestProperty("Accept", request.accept());
    if (request.range() == null) {
      connection.setRequestProperty("Accept-Encoding", "gzip");
    } else {
      connection.setRequestProperty("Accept-Encoding", "identity");
      connection.setRequestProperty("Range", request.range());
    }
    String secret = request.credentials().header(uri);
    if (secret != null) {
      connection.setRequestProperty("Authorization", secret);
    }
    String proxyUser = settings.proxies().userOf(uri);
    if (proxyUser != null) {
      connection.setRequestProperty(
          "Proxy-Authorization",
          "Basic "
              + Base64.getEncoder().encodeToString(proxyUser.getBytes(StandardCharsets.UTF_8)));
    }
    return connection;
  }

  private synchronized SSLSocketFactory sockets() throws IOException {
    if (sockets == null) {
      sockets = Trust.sockets(settings.bundles(), settings.certificates());
    }
    return sockets;
  }

  private <T> T content(
      Request request, HttpURLConnection connection, int status, BodyReader<T> reader)
      throws IOException {
    long deadline = System.nanoTime() + settings.pace().whole().toNanos();
    boolean packed = "gzip".equalsIgnoreCase(connection.getContentEncoding());
    long[] range = ContentRange.of(connection.getHeaderField("Content-Range"));
    BodyReader.Head head =
        new BodyReader.Head(
            request.uri(),
            status,
            packed ? -1 : connection.getContentLengthLong(),
            range[1],
            range[0],
            connection.getContentType());
    try (InputStream raw = connection.getInputStream()) {
      InputStream limited = new Limited(raw, request.limit(), deadline);
      InputStream body =
          packed ? new Limited(new GZIPInputStream(limited), request.limit(), deadline) : limited;
      T value = reader.read(head, body);
      if (raw.read() >= 0) {
        connection.disconnect(); // the rest is not wanted
      }
      return value;
    }
  }

  /// Reads what is left of a short answer, so that the connection can be used again.
  private static void drain(HttpURLConnection connection) throws IOException {
    InputStream rest = connection.getErrorStream();
    try (InputStream body = rest == null ? connection.getInputStream() : rest) {
      if (body.readNBytes(MAX_DRAINED).length == MAX_DRAINED) {
        connection.disconnect();
      }
    } catch (IOException _) {
      connection.disconnect();
    }
  }

  private static String whatFailed(IOException e) {
    return switch (e) {
      case UnknownHostException _ -> "is not known by name";
      case SocketTimeoutException _, Limited.TooSlow _ -> "takes too long to answer";
      case ConnectException _, NoRouteToHostException _ -> "cannot be reached";
      case Trust.Unusable bundle -> "is not asked: " + bundle.getMessage();
      case SSLException ssl when isBroken(ssl) -> "breaks the connection off";
      case SSLException _ ->
          "shows a certificate that is not trusted: name the file of its authority in"
              + " NODE_EXTRA_CA_CERTS or SSL_CERT_FILE";
      default ->
          String.valueOf(e.getMessage()).startsWith("Unable to tunnel")
              ? "is not reached through the proxy that https_proxy names"
              : "breaks the connection off";
    };
  }

  private static boolean isBroken(SSLException e) {
    return e.getCause() instanceof java.io.EOFException
        || e.getCause() instanceof java.net.SocketException;
  }
}
