package dev.depslim.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A real server on this machine that answers as it was told, and remembers what it was asked.
public final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Answering> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /// Answers one question.
  public interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  private TestServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public static TestServer start() throws IOException {
    return new TestServer(HttpServer.create(address(), 0));
  }

  /// A server whose certificate is `net/server.pem` of the test resources.
  static TestServer encrypted() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of("src/test/resources/net/server.p12"))) {
      keys.load(in, "secret".toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new TestServer(server);
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /// The address of a path, with `localhost` as the host.
  public URI at(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + path);
  }

  public void on(String path, Answering answering) {
    answers.put(path, answering);
  }

  /// A text for all of the file or for the part of it that is asked for.
  public void file(String path, String text) {
    file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public void file(String path, byte[] content) {
    on(path, exchange -> part(exchange, content));
  }

  /// `GET /path` of everything that was asked for, with `Range` and `Authorization` where they were
  /// sent.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  public void forget() {
    asked.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    for (String header : List.of("Range", "Authorization")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      line += value == null ? "" : " " + value;
    }
    asked.add(line);
    Answering answering = answers.get(exchange.getRequestURI().toString());
    try (exchange) {
      if (answering == null) {
        send(exchange, 404, "nothing here");
      } else {
        answering.answer(exchange);
      }
    }
  }

  public static void send(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content);
    }
  }

  public static void part(HttpExchange exchange, byte[] content) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, content);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int start =
        ends[0].isEmpty()
            ? Math.max(0, content.length - Integer.parseInt(ends[1]))
            : Integer.parseInt(ends[0]);
    int end =
        ends[0].isEmpty() || ends[1].isEmpty()
            ? content.length - 1
            : Math.min(content.length - 1, Integer.parseInt(ends[1]));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + start + "-" + end + "/" + content.length);
    send(exchange, 206, java.util.Arrays.copyOfRange(content, start, end + 1));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
