package dev.depslim.ecosystem.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.UserSettings;
import dev.depslim.net.Credentials;
import dev.depslim.net.Http;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The package indexes that the clients of Python are configured for: those of the project
/// (requirement files, `pyproject.toml` and `uv.toml`, `Pipfile.lock`), then those of the user (the
/// variables and files of pip and uv).
final class PythonClients {
  private final UserSettings user;

  /// As written, with whatever stands in them, the first asked first.
  private final List<String> main = new ArrayList<>();

  private final List<String> extra = new ArrayList<>();
  private final Credentials.Builder secrets = new Credentials.Builder();

  private PythonClients(UserSettings user) {
    this.user = user;
  }

  /// For a lock of some kind.
  static PythonClients of(UserSettings user, ProjectFiles files, SourceFile lock, String kind) {
    PythonClients clients = new PythonClients(user);
    boolean pip = kind.equals("requirements.txt");
    if (pip) {
      clients.requirements(new String(lock.bytes(), UTF_8));
      clients.pip();
    }
    clients.main(user.variable("UV_DEFAULT_INDEX"));
    clients.main(user.variable("UV_INDEX_URL"));
    clients.extra(user.variable("UV_INDEX"));
    clients.extra(user.variable("UV_EXTRA_INDEX_URL"));
    clients.main(user.variable("PIPENV_PYPI_MIRROR"));
    for (String folder = lock.folder(); ; folder = Paths.folder(folder)) {
      clients.project(files.read(Paths.below(folder, "uv.toml")), false);
      clients.project(files.read(Paths.below(folder, "pyproject.toml")), true);
      if (folder.isEmpty()) {
        break;
      }
    }
    if (!pip) {
      clients.pip();
    }
    Path config = user.config();
    clients.project(UserSettings.read(config == null ? null : config.resolve("uv/uv.toml")), false);
    clients.netrc();
    return clients;
  }

  private void requirements(String text) {
    for (String line : text.split("\\R")) {
      if (line.startsWith("-")) {
        RequirementsOptions options = RequirementsOptions.parse(line);
        options.all("index-url").forEach(this::main);
        options.all("extra-index-url").forEach(this::extra);
      }
    }
  }

  private void pip() {
    main(user.variable("PIP_INDEX_URL"));
    extra(user.variable("PIP_EXTRA_INDEX_URL"));
    for (String value : PipConfig.values(user, "index-url")) {
      main(value);
    }
    for (String value : PipConfig.values(user, "extra-index-url")) {
      extra(value);
    }
  }

  private void project(byte @Nullable [] bytes, boolean pyproject) {
    Tree.Mapping root;
    try {
      root = bytes == null ? null : Toml.parse(bytes);
    } catch (SyntaxException _) {
      return; // the reader of manifests has said so
    }
    Tree.Mapping tools = root == null || !pyproject ? root : root.mapping("tool");
    if (tools == null) {
      return;
    }
    uv(pyproject ? tools.mapping("uv") : tools);
    if (pyproject) {
      sources(tools.mapping("poetry"), "POETRY_HTTP_BASIC_");
      sources(tools.mapping("pdm"), "PDM_SOURCE_");
    }
  }

  private void uv(Tree.@Nullable Mapping uv) {
    if (uv == null) {
      return;
    }
    for (Tree.Mapping table : tables(uv, "index")) {
      String url = table.string("url");
      if (url != null && !table.isTrue("explicit")) {
        (table.isTrue("default") ? main : extra).add(named(table, url, "UV_INDEX_"));
      } else if (url != null) {
        secret(named(table, url, "UV_INDEX_"));
      }
    }
    main(uv.string("index-url"));
    Tree.Sequence more = uv.sequence("extra-index-url");
    if (more != null) {
      more.strings().forEach(this::extra);
    }
  }

  private void sources(Tree.@Nullable Mapping tool, String variables) {
    if (tool == null) {
      return;
    }
    for (Tree.Mapping table : tables(tool, "source")) {
      String url = table.string("url");
      String priority = table.string("priority");
      if (url != null) {
        String written = named(table, url, variables);
        boolean first =
            table.isTrue("default")
                || priority == null
                || priority.equals("default")
                || priority.equals("primary");
        if (!"explicit".equals(priority)) {
          (first ? main : extra).add(written);
        }
        secret(written);
      }
    }
  }

  private static List<Tree.Mapping> tables(Tree.Mapping tool, String key) {
    List<Tree.Mapping> out = new ArrayList<>();
    Tree.Sequence list = tool.sequence(key);
    for (Tree item : list == null ? List.<Tree>of() : list.items()) {
      if (item instanceof Tree.Mapping table) {
        out.add(table);
      }
    }
    return out;
  }

  /// An address with the user and password that variables give to its name.
  private String named(Tree.Mapping table, String url, String variables) {
    String name = table.string("name");
    if (name != null) {
      String key = variables + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
      String login = user.variable(key + "_USERNAME");
      String password = user.variable(key + "_PASSWORD");
      URI address = Http.address(expanded(url));
      if (login != null && password != null && address != null) {
        secrets.basic("//" + Http.host(address) + "/", login, password);
      }
    }
    return url;
  }

  private void main(@Nullable String urls) {
    add(urls, main);
  }

  private void extra(@Nullable String urls) {
    add(urls, extra);
  }

  /// Several stand in one value, with white space between them; uv writes `name=url`.
  private static void add(@Nullable String urls, List<String> to) {
    if (urls != null) {
      for (String one : urls.strip().split("\\s+")) {
        int scheme = one.indexOf("://");
        int equals = one.indexOf('=');
        to.add(equals > 0 && equals < scheme ? one.substring(equals + 1) : one);
      }
    }
  }

  /// pip and uv expand `${NAME}` in requirement files, Pipenv in its sources.
  private String expanded(String text) {
    String out = text;
    for (Map.Entry<String, String> variable : user.environment().entrySet()) {
      out =
          out.contains("${")
              ? out.replace("${" + variable.getKey() + "}", variable.getValue())
              : out;
    }
    return out;
  }

  /// Addresses as they are configured, secrets left out.
  List<String> indexes() {
    List<String> out = new ArrayList<>();
    for (String one : main) {
      out.add(clean(one));
    }
    for (String one : extra) {
      out.add(clean(one));
    }
    return out;
  }

  private String clean(String written) {
    URI address = address(expanded(written));
    return address == null ? "" : address.toString();
  }

  /// Whom the clients give which secret: pip takes that of an index for everything on its host.
  Credentials credentials() {
    main.forEach(this::secret);
    extra.forEach(this::secret);
    return secrets.build();
  }

  private void secret(String written) {
    try {
      URI uri = new URI(expanded(written));
      String login = uri.getUserInfo();
      if (login != null && uri.getHost() != null) {
        String[] both = login.split(":", 2);
        secrets.basic("//" + Http.host(uri) + "/", both[0], both.length > 1 ? both[1] : "");
      }
    } catch (java.net.URISyntaxException _) {
      // asked without a secret
    }
  }

  /// `machine HOST login USER password WORD` of the file that pip and uv read.
  private void netrc() {
    String named = user.variable("NETRC");
    byte[] bytes = UserSettings.read(named == null ? user.atHome(".netrc") : Path.of(named));
    String[] words = bytes == null ? new String[0] : new String(bytes, UTF_8).strip().split("\\s+");
    String machine = null;
    String login = null;
    for (int i = 0; i + 1 < words.length; i++) {
      switch (words[i]) {
        case "machine" -> {
          machine = words[++i];
          login = null;
        }
        case "login" -> login = words[++i];
        case "password" -> {
          String password = words[++i];
          if (machine != null && login != null) {
            secrets.basic("//" + machine + "/", login, password);
          }
        }
        default -> {}
      }
    }
  }

  /// An index as an address with `/` at its end; null where it is none.
  static @Nullable URI address(String text) {
    URI uri = Http.address(text.strip());
    return uri == null || uri.toString().endsWith("/") ? uri : URI.create(uri + "/");
  }

  /// An address as a key.
  static String trimmed(String address) {
    URI uri = address(address);
    return uri == null ? address : uri.toString();
  }
}
