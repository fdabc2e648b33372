package dev.depslim.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.depslim.model.DepslimException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Talks to servers that answer as an engine does.
class EngineTest {
  private static final Path TLS = Path.of("src/test/resources/engine/tls");

  @TempDir Path home;
  private final Map<String, byte[]> answers = new HashMap<>(Map.of("/_ping", "OK".getBytes(UTF_8)));
  private @Nullable HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private Engine connect(HttpServer started, Map<String, String> environment) {
    server = started;
    started.createContext(
        "/",
        exchange -> {
          byte[] answer = answers.get(exchange.getRequestURI().toString());
          byte[] body =
              answer != null ? answer : "{\"message\":\"No such image: x\"}".getBytes(UTF_8);
          exchange.sendResponseHeaders(answer != null ? 200 : 404, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    started.start();
    Map<String, String> all = new HashMap<>(environment);
    all.put("DOCKER_HOST", "tcp://localhost:" + started.getAddress().getPort());
    return Engine.connect(all, home);
  }

  private Engine plain() throws IOException {
    return connect(HttpServer.create(local(), 0), Map.of());
  }

  private static InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Test
  void imagesAreInspected() throws IOException {
    answers.put("/images/a/b:1/json", "{\"Id\":\"sha256:1\"}".getBytes(UTF_8));
    try (Engine engine = plain()) {
      assertEquals("sha256:1", engine.inspectImage("a/b:1", null).string("Id"));
    }
  }

  @Test
  void imagesAreStreamed() throws IOException {
    byte[] archive = new byte[3_000_000];
    new Random(7).nextBytes(archive);
    answers.put("/images/app/get", archive);
    try (Engine engine = plain();
        InputStream in = engine.saveImage("app", null)) {
      assertArrayEquals(archive, in.readAllBytes());
    }
  }

  @Test
  void thePlatformIsAskedForAsJson() throws IOException {
    answers.put(
        "/images/app/get?platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22arm64%22%7D",
        "tar".getBytes(UTF_8));
    try (Engine engine = plain();
        InputStream in = engine.saveImage("app", "linux/arm64")) {
      assertEquals("tar", new String(in.readAllBytes(), UTF_8));
    }
  }

  @Test
  void anUnknownImageSaysWhichEngineWasAskedAndWhatToDo() throws IOException {
    try (Engine engine = plain()) {
      DepslimException e =
          assertThrows(
              DepslimException.InvalidInput.class, () -> engine.inspectImage("nothing", null));
      assertTrue(message(e).startsWith("nothing: the engine at tcp://localhost:"));
      assertTrue(message(e).contains("has no such image: pull or build it first"), message(e));
      assertTrue(message(e).contains("docker image ls"), message(e));
    }
  }

  @Test
  void namesThatWouldLeaveTheirPathAreRefused() throws IOException {
    try (Engine engine = plain()) {
      for (String name : new String[] {"a/../../info", "a b", "", "a?x=1", "-a"}) {
        assertThrows(
            DepslimException.InvalidInput.class, () -> engine.inspectImage(name, null), name);
      }
    }
  }

  @Test
  void aSilentPlaceSaysWhatWasTriedAndWhatToDo() {
    String socket = "unix://" + home.resolve("none.sock");
    DepslimException e =
        assertThrows(
            DepslimException.EngineUnavailable.class,
            () -> Engine.connect(Map.of("DOCKER_HOST", socket), home));
    assertTrue(message(e).contains(socket + " (DOCKER_HOST): there is no such socket"), message(e));
    assertTrue(message(e).contains("docker save -o"), message(e));
  }

  @Test
  void aClosedPortSaysWhatWasTried() {
    DepslimException e =
        assertThrows(
            DepslimException.EngineUnavailable.class,
            () -> Engine.connect(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), home));
    assertTrue(message(e).contains("tcp://127.0.0.1:1 (DOCKER_HOST)"), message(e));
  }

  @Test
  void certificatesOfBothSidesAreUsed() throws Exception {
    try (Engine engine = connect(tls(), withCertificates(TLS))) {
      assertEquals(TLS, engine.endpoint().certificates());
    }
  }

  @Test
  void keysOfOldOpensslAreRead() throws Exception {
    try (Engine engine = connect(tls(), withCertificates(folder("key-pkcs1.pem")))) {
      assertEquals("tcp", engine.endpoint().host().getScheme());
    }
  }

  @Test
  void aKeyThatCannotBeReadSaysHowToConvertIt() throws Exception {
    Path folder = folder("key-sec1.pem");
    DepslimException e =
        assertThrows(
            DepslimException.EngineUnavailable.class,
            () -> connect(tls(), withCertificates(folder)));
    assertTrue(message(e).startsWith(folder.resolve("key.pem").toString()), message(e));
    assertTrue(message(e).contains("openssl pkcs8"), message(e));
  }

  @Test
  void aServerOfAnotherAuthorityIsRefused() throws Exception {
    assertThrows(
        DepslimException.EngineUnavailable.class,
        () -> connect(tls(), withCertificates(Files.createDirectories(home.resolve("empty")))));
  }

  private static Map<String, String> withCertificates(Path folder) {
    return Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", folder.toString());
  }

  private Path folder(String key) throws IOException {
    for (String name : new String[] {"ca.pem", "cert.pem"}) {
      Files.copy(TLS.resolve(name), home.resolve(name));
    }
    Files.copy(TLS.resolve(key), home.resolve("key.pem"));
    return home;
  }

  /// A server that lets in only clients of the same authority.
  private static HttpsServer tls() throws Exception {
    char[] password = "depslim".toCharArray();
    KeyStore store = KeyStore.getInstance(TLS.resolve("server.p12").toFile(), password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, password);
    try (InputStream in = Files.newInputStream(TLS.resolve("ca.pem"))) {
      authorities.setCertificateEntry(
          "ca", java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server = HttpsServer.create(local(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = context.getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
          }
        });
    return server;
  }
}
