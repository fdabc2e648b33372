package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.UserSettings;
import dev.depslim.net.Credentials;
import dev.depslim.net.Http;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the clients of Node are configured for: npm and pnpm (`.npmrc` of the project, of the user
/// and of the machine, `npm_config_…`), Yarn (`.yarnrc`, `.yarnrc.yml`) and Bun (`bunfig.toml`).
///
/// All are read as settings of npm: `registry`, `@scope:registry` and `//host/:_authToken`.
final class NodeClients {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:?-]+)(?:(:?-)([^}]*)|\\?)?}");
  private static final String AUTH_TOKEN = ":_authToken";

  private final UserSettings user;

  /// In the order in which they count.
  private final List<Map<String, String>> layers = new ArrayList<>();

  private NodeClients(UserSettings user) {
    this.user = user;
  }

  /// For a lock.
  ///
  /// @param folder of the lock, `""` or with a `/` at its end
  /// @param kind of the lock: the settings of its own client come first
  static NodeClients of(UserSettings user, ProjectFiles files, String folder, String kind) {
    NodeClients clients = new NodeClients(user);
    if (kind.equals("yarn.lock")) {
      clients.layers.add(OtherNodeClients.yarnVariables(user));
      clients.above(folder, at -> OtherNodeClients.yarn(files.read(at + ".yarnrc.yml")));
      clients.above(folder, at -> OtherNodeClients.yarnClassic(files.read(at + ".yarnrc")));
      clients.add(OtherNodeClients.yarn(UserSettings.read(user.atHome(".yarnrc.yml"))));
      clients.add(OtherNodeClients.yarnClassic(UserSettings.read(user.atHome(".yarnrc"))));
    } else if (kind.startsWith("bun.lock")) {
      clients.above(folder, at -> OtherNodeClients.bun(files.read(at + "bunfig.toml")));
      clients.add(OtherNodeClients.bun(UserSettings.read(user.atHome(".bunfig.toml"))));
    }
    clients.add(variables(user));
    clients.above(folder, at -> NpmSettings.of(files, at).values());
    clients.ofUser();
    return clients;
  }

  /// What is configured outside of every project.
  static NodeClients ofUser(UserSettings user) {
    NodeClients clients = new NodeClients(user);
    clients.add(variables(user));
    clients.ofUser();
    return clients;
  }

  private void ofUser() {
    String userFile = variables(user).get("userconfig");
    String globalFile = variables(user).get("globalconfig");
    add(npmrc(userFile == null ? user.atHome(".npmrc") : Path.of(userFile)));
    add(npmrc(globalFile == null ? beside(user.variable("PATH")) : Path.of(globalFile)));
  }

  private static Map<String, String> npmrc(@Nullable Path file) {
    byte[] bytes = UserSettings.read(file);
    return bytes == null ? Map.of() : NpmSettings.parse(bytes).values();
  }

  /// The global file of npm, `etc/npmrc` of the folder that Node is installed in.
  private static @Nullable Path beside(@Nullable String path) {
    for (String folder : path == null ? new String[0] : path.split(java.io.File.pathSeparator)) {
      Path bin = folder.isEmpty() ? null : Path.of(folder);
      if (bin != null
          && bin.getParent() != null
          && java.nio.file.Files.exists(bin.resolve("node"))) {
        return bin.getParent().resolve("etc/npmrc");
      }
    }
    return null;
  }

  /// npm takes `npm_config_…` in any case, `_` for `-` behind the first letter.
  private static Map<String, String> variables(UserSettings user) {
    Map<String, String> values = new HashMap<>();
    user.environment()
        .forEach((name, value) -> {
          if (name.toLowerCase(Locale.ROOT).startsWith("npm_config_") && !value.isBlank()) {
            String key = name.substring("npm_config_".length());
            boolean plain = !key.startsWith("//") && !key.startsWith("@");
            values.put(
                plain
                    ? key.substring(0, 1).toLowerCase(Locale.ROOT)
                        + key.substring(1).toLowerCase(Locale.ROOT).replace('_', '-')
                    : key,
                value);
          }
        });
    return values;
  }

  private interface Folder {
    Map<String, String> settings(String folder);
  }

  /// The settings of a folder, then of those above it up to the analysed root.
  private void above(String folder, Folder source) {
    for (String at = folder; ; ) {
      add(source.settings(at));
      if (at.isEmpty()) {
        return;
      }
      at = at.substring(0, at.lastIndexOf('/', at.length() - 2) + 1);
    }
  }

  private void add(Map<String, String> layer) {
    if (!layer.isEmpty()) {
      layers.add(layer);
    }
  }

  /// The value of a setting, or null.
  @Nullable String value(String key) {
    for (Map<String, String> layer : layers) {
      String value = layer.get(key);
      if (value != null && !value.isBlank()) {
        return expanded(value, user);
      }
    }
    return null;
  }

  /// `${NAME}`, and `${NAME-otherwise}` as Yarn has it; npm leaves what is not set as it is.
  static String expanded(String text, UserSettings user) {
    if (text.indexOf("${") < 0) {
      return text;
    }
    Matcher matcher = VARIABLE.matcher(text);
    return matcher.replaceAll(found -> {
      String value = user.environment().get(found.group(1));
      String otherwise = found.group(2) != null ? found.group(3) : found.group();
      return Matcher.quoteReplacement(value == null ? otherwise : value);
    });
  }

  /// The registry of a package, with `/` at its end; null where none is configured.
  @Nullable String registry(String packageName) {
    String scoped = scopeRegistry(packageName);
    return scoped != null ? scoped : address(value("registry"));
  }

  /// The registry that the scope of a package has of its own; null for none.
  @Nullable String scopeRegistry(String packageName) {
    int slash = packageName.startsWith("@") ? packageName.indexOf('/') : -1;
    return slash < 0 ? null : address(value(packageName.substring(0, slash) + ":registry"));
  }

  /// The address that a text is, with `/` at its end; null where it is none.
  static @Nullable String address(@Nullable String text) {
    URI uri = text == null ? null : Http.address(text.strip());
    return uri == null ? null : uri + (uri.toString().endsWith("/") ? "" : "/");
  }

  /// Whom the clients give which secret.
  Credentials credentials() {
    Credentials.Builder out = new Credentials.Builder();
    for (Map<String, String> layer : layers) {
      for (String key : layer.keySet()) {
        if (key.startsWith("//")) {
          placed(key, out);
        }
      }
    }
    for (Map<String, String> layer : layers) {
      for (Map.Entry<String, String> entry : layer.entrySet()) {
        if (entry.getKey().equals("registry") || entry.getKey().endsWith(":registry")) {
          written(expanded(entry.getValue(), user), out);
        }
      }
    }
    String registry = address(value("registry"));
    String token = value("_authToken");
    String basic = value("_auth");
    if (registry != null && token != null) {
      out.bearer(registry, token);
    } else if (registry != null && basic != null) {
      out.encoded(registry, basic);
    }
    return out.build();
  }

  private void placed(String key, Credentials.Builder out) {
    int colon = key.lastIndexOf("/:");
    String place = colon < 0 ? key : key.substring(0, colon + 1);
    String value = value(key);
    if (value == null || value.contains("${")) {
      return;
    }
    switch (key.substring(Math.max(0, colon + 1))) {
      case AUTH_TOKEN -> out.bearer(place, value);
      case ":_auth" -> out.encoded(place, value);
      case ":_password" -> {
        String name = value(place + ":username");
        try {
          String password = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
          if (name != null) {
            out.basic(place, name, password);
          }
        } catch (IllegalArgumentException _) {
          // npm cannot use it either
        }
      }
      default -> {}
    }
  }

  /// A user and password in the address itself.
  private static void written(String address, Credentials.Builder out) {
    int scheme = address.indexOf("://");
    int at = address.indexOf('@', scheme + 3);
    int slash = address.indexOf('/', scheme + 3);
    if (scheme > 0 && at > 0 && (slash < 0 || at < slash)) {
      String[] both = address.substring(scheme + 3, at).split(":", 2);
      if (both.length == 2) {
        out.basic(address.substring(at + 1), both[0], both[1]);
      }
    }
  }
}
