package dev.depslim.net;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The proxies that the environment names as curl, pip and npm read it: `http_proxy`,
/// `https_proxy`, `all_proxy` and `no_proxy`, in lower case before upper case.
public final class Proxies {
  private final @Nullable URI http;
  private final @Nullable URI https;
  private final List<String> direct;

  private Proxies(@Nullable URI http, @Nullable URI https, List<String> direct) {
    this.http = http;
    this.https = https;
    this.direct = direct;
  }

  /// What the environment says.
  public static Proxies of(Map<String, String> environment) {
    String all = variable(environment, "all_proxy");
    String http = environment.get("http_proxy"); // HTTP_PROXY may come from a request to a server
    String https = variable(environment, "https_proxy");
    String direct = variable(environment, "no_proxy");
    return new Proxies(
        address(http == null ? environment.getOrDefault("HTTP_PROXY", all) : http),
        address(https == null ? all : https),
        direct == null
            ? List.of()
            : List.of(direct.strip().toLowerCase(Locale.ROOT).split("[,\\s]+")));
  }

  private static @Nullable String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null ? environment.get(name.toUpperCase(Locale.ROOT)) : value;
  }

  private static @Nullable URI address(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String whole = text.contains("://") ? text.strip() : "http://" + text.strip();
    try {
      URI uri = URI.create(whole);
      return uri.getHost() == null ? null : uri;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// The way to an address.
  Proxy to(URI uri) {
    URI proxy = proxyOf(uri);
    if (proxy == null) {
      return Proxy.NO_PROXY;
    }
    boolean socks = proxy.getScheme().startsWith("socks");
    int port = proxy.getPort() >= 0 ? proxy.getPort() : socks ? 1080 : 80;
    return new Proxy(
        socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
  }

  /// User and password for the proxy on the way to an address, as they stand in its own address;
  /// null for none.
  @Nullable String userOf(URI uri) {
    URI proxy = proxyOf(uri);
    return proxy == null ? null : proxy.getUserInfo();
  }

  private @Nullable URI proxyOf(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    int port = uri.getPort();
    for (String pattern : direct) {
      if (matches(pattern, host, port)) {
        return null;
      }
    }
    return uri.getScheme().equals("https") ? https : http;
  }

  private static boolean matches(String pattern, String host, int port) {
    if (pattern.equals("*")) {
      return true;
    }
    String name = pattern;
    int colon = pattern.lastIndexOf(':');
    if (colon > 0 && pattern.indexOf(':') == colon) {
      if (!pattern.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = pattern.substring(0, colon);
    }
    while (name.startsWith("*") || name.startsWith(".")) {
      name = name.substring(1);
    }
    return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
  }
}
