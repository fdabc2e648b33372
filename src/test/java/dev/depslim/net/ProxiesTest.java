package dev.depslim.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProxiesTest {
  private static String way(Map<String, String> environment, String uri) {
    Proxy proxy = Proxies.of(environment).to(URI.create(uri));
    return proxy.type() + (proxy.address() == null ? "" : " " + proxy.address());
  }

  @Test
  void eachSchemeHasItsOwn() {
    Map<String, String> environment =
        Map.of("http_proxy", "http://proxy.invalid:3128", "HTTPS_PROXY", "secure.invalid");
    assertEquals(
        "HTTP proxy.invalid/<unresolved>:3128", way(environment, "http://registry.example/"));
    assertEquals(
        "HTTP secure.invalid/<unresolved>:80", way(environment, "https://registry.example/"));
    assertEquals("DIRECT", way(Map.of(), "https://registry.example/"));
    assertEquals("DIRECT", way(Map.of("http_proxy", " "), "http://registry.example/"));
    assertEquals(
        "SOCKS socks.invalid/<unresolved>:1080",
        way(Map.of("all_proxy", "socks5://socks.invalid"), "https://registry.example/"));
  }

  @Test
  void someHostsAreReachedDirectly() {
    Map<String, String> environment =
        Map.of(
            "https_proxy", "http://proxy.invalid",
            "NO_PROXY", "localhost, .corp.example,registry.example:8443,*.wild.example");
    assertEquals("DIRECT", way(environment, "https://localhost/"));
    assertEquals("DIRECT", way(environment, "https://npm.corp.example/"));
    assertEquals("DIRECT", way(environment, "https://corp.example/"));
    assertEquals("DIRECT", way(environment, "https://Registry.example:8443/"));
    assertEquals("DIRECT", way(environment, "https://a.wild.example/"));
    assertEquals(
        "HTTP proxy.invalid/<unresolved>:80", way(environment, "https://registry.example/"));
    assertEquals(
        "HTTP proxy.invalid/<unresolved>:80", way(environment, "https://notcorp.example/"));
    assertEquals(
        "DIRECT", way(Map.of("all_proxy", "http://p.invalid", "no_proxy", "*"), "http://a/"));
  }

  @Test
  void secretIsThatOfTheNearestFolder() {
    Credentials credentials =
        new Credentials.Builder()
            .bearer("//registry.example/team/", "team")
            .bearer("https://Registry.example", "all")
            .basic("registry.example:8443/", "user", "word")
            .build();
    assertEquals("Bearer team", header(credentials, "https://registry.example/team/name"));
    assertEquals("Bearer all", header(credentials, "https://registry.example:443/teams/name"));
    assertEquals("Basic dXNlcjp3b3Jk", header(credentials, "https://registry.example:8443/a"));
    assertNull(header(credentials, "https://registry.example.evil.example/team/name"));
    assertNull(header(credentials, "https://evil.example/registry.example/team/"));
    assertEquals("credentials for 3 places", credentials.toString());
    assertNull(header(new Credentials.Builder().bearer("a/", "x\r\nHost: b").build(), "http://a/"));
  }

  private static @Nullable String header(Credentials credentials, String uri) {
    return credentials.header(URI.create(uri));
  }
}
