package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.UserSettings;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import dev.depslim.syntax.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of Yarn and Bun that tell where packages come from, as settings of npm. A file that
/// cannot be read says nothing.
final class OtherNodeClients {
  private OtherNodeClients() {}

  static Map<String, String> yarnVariables(UserSettings user) {
    String berry = user.variable("YARN_NPM_REGISTRY_SERVER");
    String registry = berry == null ? user.variable("YARN_REGISTRY") : berry;
    Map<String, String> values = new HashMap<>();
    put("registry", registry, values);
    token(registry, user.variable("YARN_NPM_AUTH_TOKEN"), values);
    return values;
  }

  /// `.yarnrc.yml` of Yarn 2 and later.
  static Map<String, String> yarn(byte @Nullable [] bytes) {
    Map<String, String> values = new HashMap<>();
    Tree tree = null;
    try {
      tree = bytes == null ? null : Yaml.parse(bytes);
    } catch (SyntaxException _) {
      // Yarn itself says what is wrong
    }
    if (!(tree instanceof Tree.Mapping root)) {
      return values;
    }
    String registry = text(root, "npmRegistryServer");
    put("registry", registry, values);
    secret(registry, root, values);
    Tree.Mapping scopes = root.mapping("npmScopes");
    if (scopes != null) {
      for (Tree.Member scope : scopes.members()) {
        if (scope.value() instanceof Tree.Mapping settings) {
          String own = text(settings, "npmRegistryServer");
          put("@" + scope.name() + ":registry", own, values);
          secret(own == null ? registry : own, settings, values);
        }
      }
    }
    Tree.Mapping registries = root.mapping("npmRegistries");
    if (registries != null) {
      for (Tree.Member one : registries.members()) {
        if (one.value() instanceof Tree.Mapping settings) {
          secret(one.name(), settings, values);
        }
      }
    }
    return values;
  }

  private static void secret(
      @Nullable String registry, Tree.Mapping settings, Map<String, String> values) {
    token(registry, text(settings, "npmAuthToken"), values);
    String ident = text(settings, "npmAuthIdent");
    if (registry != null && ident != null) {
      String encoded =
          ident.contains(":")
              ? Base64.getEncoder().encodeToString(ident.getBytes(StandardCharsets.UTF_8))
              : ident;
      values.put(place(registry) + ":_auth", encoded);
    }
  }

  private static void token(
      @Nullable String registry, @Nullable String token, Map<String, String> values) {
    if (registry != null && token != null) {
      values.put(place(registry) + ":_authToken", token);
    }
  }

  /// `//host/folder/`.
  private static String place(String address) {
    String place = address.substring(Math.max(0, address.indexOf("//")));
    return (place.startsWith("//") ? place : "//" + place) + (place.endsWith("/") ? "" : "/");
  }

  private static @Nullable String text(Tree.Mapping settings, String key) {
    return settings.get(key) instanceof Tree.Scalar scalar && scalar.kind() != Tree.Kind.NULL
        ? scalar.text()
        : null;
  }

  private static void put(String key, @Nullable String value, Map<String, String> values) {
    if (value != null) {
      values.put(key, value);
    }
  }

  /// `.yarnrc` of Yarn 1: a key and a value on each line, in quotes where they need them.
  static Map<String, String> yarnClassic(byte @Nullable [] bytes) {
    Map<String, String> values = new HashMap<>();
    String text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    for (String line : text.split("\\R")) {
      String[] parts = line.strip().split("\\s+", 2);
      String key = parts[0].replace("\"", "");
      if (parts.length == 2 && (key.equals("registry") || key.endsWith(":registry"))) {
        values.put(key, parts[1].strip().replace("\"", ""));
      }
    }
    return values;
  }

  /// `[install]` of `bunfig.toml`.
  static Map<String, String> bun(byte @Nullable [] bytes) {
    Map<String, String> values = new HashMap<>();
    Tree.Mapping install = null;
    try {
      install = bytes == null ? null : Toml.parse(bytes).mapping("install");
    } catch (SyntaxException _) {
      // Bun itself says what is wrong
    }
    if (install == null) {
      return values;
    }
    bunRegistry("registry", install.get("registry"), values);
    Tree.Mapping scopes = install.mapping("scopes");
    if (scopes != null) {
      for (Tree.Member scope : scopes.members()) {
        String name = scope.name().startsWith("@") ? scope.name() : "@" + scope.name();
        bunRegistry(name + ":registry", scope.value(), values);
      }
    }
    return values;
  }

  private static void bunRegistry(String key, @Nullable Tree value, Map<String, String> values) {
    if (value instanceof Tree.Scalar scalar) {
      put(key, variables(scalar.text()), values);
    } else if (value instanceof Tree.Mapping table) {
      String url = variables(text(table, "url"));
      put(key, url, values);
      token(url, variables(text(table, "token")), values);
      String user = variables(text(table, "username"));
      String password = variables(text(table, "password"));
      if (url != null && user != null && password != null) {
        values.put(
            place(url) + ":_auth",
            Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  /// Bun writes `$NAME` for what npm writes as `${NAME}`.
  private static @Nullable String variables(@Nullable String text) {
    return text == null ? null : text.replaceAll("\\$(\\w+)", "\\${$1}");
  }
}
