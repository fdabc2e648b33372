package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.UserSettings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whom npm trusts and which proxies it takes, as the user has configured it outside of projects.
public final class NodeTrust {
  private NodeTrust() {}

  /// The file of `cafile`, or null.
  public static @Nullable String bundle(UserSettings user) {
    return NodeClients.ofUser(user).value("cafile");
  }

  /// The certificates of `ca`, which stand in the settings themselves with `\n` for ends of lines.
  public static List<byte[]> certificates(UserSettings user) {
    NodeClients clients = NodeClients.ofUser(user);
    String one = clients.value("ca");
    String written = one == null ? clients.value("ca[]") : one;
    return written == null || !written.contains("BEGIN CERTIFICATE")
        ? List.of()
        : List.of(written.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// The environment with the proxies of npm, where it names none of its own.
  public static Map<String, String> withProxies(UserSettings user) {
    NodeClients clients = NodeClients.ofUser(user);
    Map<String, String> environment = new HashMap<>(user.environment());
    put("https_proxy", clients.value("https-proxy"), environment);
    put("http_proxy", clients.value("proxy"), environment);
    put("no_proxy", clients.value("noproxy"), environment);
    return environment;
  }

  private static void put(String name, @Nullable String value, Map<String, String> environment) {
    String upper = name.toUpperCase(java.util.Locale.ROOT);
    if (value != null && !value.equals("null") && !environment.containsKey(upper)) {
      environment.putIfAbsent(name, value);
    }
  }
}
