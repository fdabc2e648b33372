package dev.depslim.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {
  private static final Pace QUICK =
      new Pace(
          3,
          3,
          Duration.ofSeconds(2),
          Duration.ofMillis(400),
          Duration.ofMillis(900),
          Duration.ofMillis(1),
          Duration.ofSeconds(2),
          4);
  private static final BodyReader<String> TEXT =
      (_, body) -> new String(body.readAllBytes(), UTF_8);

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Http client(Map<String, String> environment, Path... bundles) {
    return new Http(
        new Http.Settings(
            "depslim/test", QUICK, Proxies.of(environment), List.of(bundles), List.of()));
  }

  private static Http client() {
    return client(Map.of());
  }

  private static Request ask(URI uri) {
    return Request.of(uri, "text/plain", 1000, Credentials.NONE);
  }

  private Answer<String> get(String path) {
    return client().get(ask(server.at(path)), TEXT);
  }

  private String name() {
    return Http.host(server.at("/"));
  }

  @Test
  void textComesAsItIsAndPacked() {
    server.file("/plain", "hello");
    server.on(
        "/packed",
        exchange -> {
          assertEquals("gzip", exchange.getRequestHeaders().getFirst("Accept-encoding"));
          assertEquals("depslim/test", exchange.getRequestHeaders().getFirst("User-agent"));
          ByteArrayOutputStream packed = new ByteArrayOutputStream();
          try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("hello again".getBytes(UTF_8));
          }
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          TestServer.send(exchange, 200, packed.toByteArray());
        });
    assertEquals(new Answer.Got<>("hello"), get("/plain"));
    assertEquals(new Answer.Got<>("hello again"), get("/packed"));
  }

  @Test
  void partOfFileSaysWhereItBegins() {
    server.file("/file", "0123456789");
    Answer<List<Object>> part =
        client()
            .get(
                ask(server.at("/file")).part("bytes=-4", 100),
                (head, body) ->
                    List.of(
                        head.isPart(),
                        head.start(),
                        head.whole(),
                        new String(body.readAllBytes(), UTF_8)));
    assertEquals(new Answer.Got<>(List.<Object>of(true, 6L, 10L, "6789")), part);
  }

  @Test
  void whatFailsForTheMomentIsAskedAgain() {
    AtomicInteger times = new AtomicInteger();
    server.on(
        "/late",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "0");
          TestServer.send(exchange, times.incrementAndGet() < 3 ? 503 : 200, "here");
        });
    assertEquals(new Answer.Got<>("here"), get("/late"));
    assertEquals(3, times.get());
  }

  @Test
  void pauseThatServerAsksForIsKept() {
    AtomicInteger times = new AtomicInteger();
    server.on(
        "/busy",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          TestServer.send(exchange, times.incrementAndGet() < 2 ? 429 : 200, "here");
        });
    long start = System.nanoTime();
    assertEquals(new Answer.Got<>("here"), get("/busy"));
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(990).toNanos());
  }

  @Test
  void serverThatWantsHoursIsNotWaitedFor() {
    server.on(
        "/tomorrow",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "7200");
          TestServer.send(exchange, 429, "");
        });
    assertEquals(new Answer.Failed<>(name() + " answers 429"), get("/tomorrow"));
    assertEquals(1, server.asked().size());
  }

  @Test
  void whatIsNotThereIsAskedOnce() {
    assertEquals(new Answer.Refused<>(404, name() + " answers 404"), get("/nothing"));
    assertEquals(1, server.asked().size());
  }

  @Test
  void serverThatIsDownIsAskedNoMore() {
    server.on("/broken", exchange -> TestServer.send(exchange, 500, "no"));
    server.file("/fine", "fine");
    Http http = client();
    for (int i = 0; i < 5; i++) {
      Answer<String> answer = http.get(ask(server.at("/broken")), TEXT);
      assertEquals(new Answer.Failed<>(name() + " answers 500"), answer);
    }
    assertEquals(4, server.asked().size());
    assertInstanceOf(Answer.Failed.class, http.get(ask(server.at("/fine")), TEXT));
    assertEquals(4, server.asked().size());
  }

  @Test
  void closedPortAndUnknownNameAreSaid() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    URI uri = URI.create("http://localhost:" + port + "/");
    assertEquals(
        new Answer.Failed<>("localhost:" + port + " cannot be reached"),
        client().get(ask(uri), TEXT));
    assertEquals(
        new Answer.Failed<>("nowhere.invalid is not known by name"),
        client().get(ask(URI.create("http://nowhere.invalid/")), TEXT));
  }

  @Test
  void hugeAnswersAreNotReadToTheirEnd() {
    server.on(
        "/huge",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 100_000; i++) {
              out.write(new byte[10_000]);
            }
          } catch (IOException _) {
            // the client has hung up
          }
        });
    server.on(
        "/bomb",
        exchange -> {
          ByteArrayOutputStream packed = new ByteArrayOutputStream();
          try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[500_000]);
          }
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          TestServer.send(exchange, 200, packed.toByteArray());
        });
    Answer<String> refused = new Answer.Refused<>(0, name() + " answers with more than 0 MB");
    assertEquals(refused, get("/huge"));
    assertEquals(refused, get("/bomb"));
    assertEquals(2, server.asked().size());
  }

  @Test
  void slowAnswersAreGivenUp() {
    server.on("/silent", exchange -> sleep(1500));
    server.on(
        "/drop",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 30; i++) {
              out.write('.');
              out.flush();
              sleep(100);
            }
          } catch (IOException _) {
            // the client has hung up
          }
        });
    assertEquals(new Answer.Failed<>(name() + " takes too long to answer"), get("/silent"));
    assertEquals(new Answer.Failed<>(name() + " takes too long to answer"), get("/drop"));
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answerThatBreaksOffIsAskedForAgain() {
    AtomicInteger times = new AtomicInteger();
    server.on(
        "/cut",
        exchange -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write("12345".getBytes(UTF_8));
          if (times.incrementAndGet() > 1) {
            exchange.getResponseBody().write("67890".getBytes(UTF_8));
          }
        });
    assertEquals(new Answer.Got<>("1234567890"), get("/cut"));
  }

  @Test
  void secretStaysWithItsHost() throws IOException {
    try (TestServer other = TestServer.start()) {
      other.file("/file", "elsewhere");
      server.on(
          "/moved",
          exchange -> {
            exchange.getResponseHeaders().set("Location", other.at("/file").toString());
            TestServer.send(exchange, 302, "");
          });
      server.on(
          "/near",
          exchange -> {
            exchange.getResponseHeaders().set("Location", "/moved");
            TestServer.send(exchange, 308, "");
          });
      Credentials credentials =
          new Credentials.Builder().bearer("//" + name() + "/", "open-sesame").build();
      Request request = Request.of(server.at("/near"), "text/plain", 100, credentials);
      assertEquals(new Answer.Got<>("elsewhere"), client().get(request, TEXT));
      assertEquals(
          List.of("GET /near Bearer open-sesame", "GET /moved Bearer open-sesame"), server.asked());
      assertEquals(List.of("GET /file"), other.asked());
    }
  }

  @Test
  void circleOfRedirectsEnds() {
    server.on(
        "/round",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/round");
          TestServer.send(exchange, 301, "");
        });
    assertEquals(
        new Answer.Refused<>(0, name() + " sends from one address to the next"), get("/round"));
    assertEquals(6, server.asked().size());
  }

  @Test
  void redirectOutOfEncryptionIsRefused() throws Exception {
    try (TestServer encrypted = TestServer.encrypted()) {
      encrypted.on(
          "/down",
          exchange -> {
            exchange.getResponseHeaders().set("Location", server.at("/file").toString());
            TestServer.send(exchange, 302, "");
          });
      Answer<String> answer =
          client(Map.of(), Path.of("src/test/resources/net/server.pem"))
              .get(ask(encrypted.at("/down")), TEXT);
      assertEquals(
          new Answer.Refused<>(
              0, Http.host(encrypted.at("/")) + " sends on to an address without encryption"),
          answer);
      assertEquals(List.of(), server.asked());
    }
  }

  @Test
  void authorityOfBundleIsTrustedAndNoOther() throws Exception {
    try (TestServer encrypted = TestServer.encrypted()) {
      encrypted.file("/file", "secret");
      Path bundle = Path.of("src/test/resources/net/server.pem");
      assertEquals(
          new Answer.Got<>("secret"),
          client(Map.of(), bundle).get(ask(encrypted.at("/file")), TEXT));
      Answer<String> untrusted = client().get(ask(encrypted.at("/file")), TEXT);
      assertEquals(
          new Answer.Failed<>(
              Http.host(encrypted.at("/"))
                  + " shows a certificate that is not trusted: name the file of its authority in"
                  + " NODE_EXTRA_CA_CERTS or SSL_CERT_FILE"),
          untrusted);
      Answer<String> unreadable =
          client(Map.of(), Path.of("no-such-file.pem")).get(ask(encrypted.at("/file")), TEXT);
      assertEquals(
          new Answer.Failed<>(
              Http.host(encrypted.at("/"))
                  + " is not asked: the certificates of no-such-file.pem cannot be read"),
          unreadable);
    }
  }

  @Test
  void noMoreThanTheLimitAskAtATime() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.on(
        "/wait",
        exchange -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          sleep(20);
          now.decrementAndGet();
          TestServer.send(exchange, 200, "done");
        });
    Http http = client();
    List<String> meter = Collections.synchronizedList(new ArrayList<>());
    List<Answer<String>> answers = Collections.synchronizedList(new ArrayList<>());
    Crowd.each(
        Collections.nCopies(20, "/wait"),
        (done, all) -> meter.add(done + " of " + all),
        path -> answers.add(http.get(ask(server.at(path)), TEXT)));
    assertEquals(Collections.nCopies(20, new Answer.Got<>("done")), answers);
    assertEquals(3, most.get());
    assertEquals("20 of 20", meter.getLast());
    assertEquals(21, meter.size());
  }

  @Test
  void proxyOfTheEnvironmentIsUsedWithItsPassword() throws IOException {
    server.on(
        "http://registry.example/name",
        exchange -> {
          assertEquals(
              "Basic dXNlcjpzZWNyZXQ=",
              exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
          TestServer.send(exchange, 200, "through the proxy");
        });
    Http http = client(Map.of("http_proxy", "http://user:secret@" + name()));
    assertEquals(
        new Answer.Got<>("through the proxy"),
        http.get(ask(URI.create("http://registry.example/name")), TEXT));
  }

  @Test
  void encryptedConnectionGoesThroughTunnel() throws Exception {
    try (TestServer encrypted = TestServer.encrypted();
        Tunnel tunnel = new Tunnel(encrypted.at("/").getPort())) {
      encrypted.file("/file", "through the tunnel");
      Http http =
          client(
              Map.of("HTTPS_PROXY", "http://localhost:" + tunnel.port()),
              Path.of("src/test/resources/net/server.pem"));
      assertEquals(
          new Answer.Got<>("through the tunnel"), http.get(ask(encrypted.at("/file")), TEXT));
      assertTrue(
          tunnel.head().startsWith("CONNECT " + Http.host(encrypted.at("/"))), tunnel.head());
    }
  }

  /// A proxy for one connection: notes the question and lets bytes through.
  private static final class Tunnel implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final StringBuffer head = new StringBuffer();

    Tunnel(int target) throws IOException {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
              while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.getInputStream().read());
              }
              client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
              Thread back = Thread.ofVirtual().start(() -> copy(server, client));
              copy(client, server);
              back.join();
            } catch (IOException | InterruptedException _) {
              // the test says what is missing
            }
          });
    }

    private static void copy(Socket from, Socket to) {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException _) {
        // one end has hung up
      }
    }

    int port() {
      return socket.getLocalPort();
    }

    String head() {
      return head.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
