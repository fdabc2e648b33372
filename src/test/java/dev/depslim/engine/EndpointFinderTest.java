package dev.depslim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.DepslimException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointFinderTest {
  /// SHA-256 of `colima`.
  private static final String COLIMA =
      "f24fd3749c1368328e2b149bec149cb6795619f244c5b584e844961215dadd16";

  @TempDir Path home;

  private List<Endpoint> find(Map<String, String> environment) {
    return new EndpointFinder(environment, home).endpoints();
  }

  private Path file(String path, String content) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @Test
  void dockerHostComesFirst() throws IOException {
    file(".docker/config.json", "{\"currentContext\": \"colima\"}");
    assertEquals(
        List.of(new Endpoint(URI.create("unix:///tmp/x.sock"), null, "DOCKER_HOST")),
        find(Map.of("DOCKER_HOST", "unix:///tmp/x.sock", "DOCKER_CONTEXT", "other")));
  }

  @Test
  void aHostWithoutSchemeIsTcp() {
    assertEquals(
        URI.create("tcp://10.0.0.7:2375"),
        find(Map.of("DOCKER_HOST", "10.0.0.7:2375")).getFirst().host());
  }

  @Test
  void tlsOfTheEnvironmentNamesTheFolderOfTheCertificates() {
    assertEquals(
        Path.of("/certs"),
        find(Map.of(
                "DOCKER_HOST", "tcp://h:2376",
                "DOCKER_TLS_VERIFY", "1",
                "DOCKER_CERT_PATH", "/certs"))
            .getFirst()
            .certificates());
    assertEquals(
        home.resolve(".docker"),
        find(Map.of("DOCKER_HOST", "tcp://h:2376", "DOCKER_TLS_VERIFY", "1"))
            .getFirst()
            .certificates());
  }

  @Test
  void theCurrentContextIsFollowed() throws IOException {
    file(".docker/config.json", "{\"auths\": {}, \"currentContext\": \"colima\"}");
    file(
        ".docker/contexts/meta/" + COLIMA + "/meta.json",
        """
        {"Name": "colima", "Metadata": {},
         "Endpoints": {"docker": {"Host": "unix:///run/colima.sock", "SkipTLSVerify": false}}}
        """);
    assertEquals(
        List.of(new Endpoint(URI.create("unix:///run/colima.sock"), null, "context 'colima'")),
        find(Map.of()));
  }

  @Test
  void aContextWithCertificatesUsesThem() throws IOException {
    file(
        ".docker/contexts/meta/" + COLIMA + "/meta.json",
        "{\"Endpoints\": {\"docker\": {\"Host\": \"tcp://far:2376\"}}}");
    Path ca = file(".docker/contexts/tls/" + COLIMA + "/docker/ca.pem", "");
    assertEquals(
        ca.getParent(), find(Map.of("DOCKER_CONTEXT", "colima")).getFirst().certificates());
  }

  @Test
  void theDefaultContextMeansTheUsualSockets() throws IOException {
    file(".docker/config.json", "{\"currentContext\": \"default\"}");
    List<String> hosts =
        find(Map.of("XDG_RUNTIME_DIR", "/run/user/7")).stream()
            .map(endpoint -> endpoint.host().toString())
            .toList();
    assertEquals("unix:///var/run/docker.sock", hosts.getFirst());
    assertTrue(hosts.contains("unix:///run/user/7/podman/podman.sock"), hosts.toString());
  }

  @Test
  void aMissingContextIsNamed() {
    assertTrue(
        failure(Map.of("DOCKER_CONTEXT", "gone")).contains("'gone' named by DOCKER_CONTEXT"));
  }

  @Test
  void aDamagedConfigurationIsNamedWithItsLine() throws IOException {
    Path file = file(".docker/config.json", "{\n  \"currentContext\": \n}");
    assertTrue(failure(Map.of()).startsWith(file + ":3:"), failure(Map.of()));
  }

  @Test
  void sshSaysWhatToDoInstead() {
    assertTrue(failure(Map.of("DOCKER_HOST", "ssh://me@far")).contains("forward the socket"));
  }

  private String failure(Map<String, String> environment) {
    return String.valueOf(
        assertThrows(DepslimException.EngineUnavailable.class, () -> find(environment))
            .getMessage());
  }
}
