package dev.depslim.ecosystem.node;

import dev.depslim.net.Http;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The addresses of archives that a lock of any format states, by what they are of: registries of
/// npm serve `…/name/-/name-1.2.3.tgz`, that of GitHub `…/download/@scope/name/1.2.3/hash`.
final class LockedArchives {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>\\\\,{}\\[\\]#?]+");

  /// An archive.
  ///
  /// @param registry address of the registry that it lies in, with `/` at its end
  record Archive(URI address, String registry) {}

  private final Map<String, Archive> archives = new HashMap<>();

  /// Host of a registry → how many packages come from it.
  private final Map<String, Integer> hosts = new HashMap<>();

  private LockedArchives() {}

  /// The archives that a text names.
  static LockedArchives in(String text) {
    LockedArchives found = new LockedArchives();
    Matcher addresses = ADDRESS.matcher(text);
    while (addresses.find()) {
      found.add(addresses.group());
    }
    return found;
  }

  private void add(String text) {
    int dash = text.indexOf("/-/");
    int download = text.indexOf("/download/@");
    URI address = dash < 0 && download < 0 ? null : Http.address(text);
    if (address == null) {
      return;
    }
    if (dash >= 0) {
      served(address, decoded(text.substring(0, dash)), decoded(text.substring(dash + 3)));
    } else {
      String[] parts = decoded(text.substring(download + "/download/".length())).split("/", -1);
      if (parts.length >= 3) {
        put(parts[0] + "/" + parts[1], parts[2], address, text.substring(0, download));
      }
    }
  }

  private void served(URI address, String folder, String file) {
    int last = folder.lastIndexOf('/');
    int before = folder.lastIndexOf('/', last - 1);
    boolean scoped = folder.startsWith("@", before + 1);
    String name = folder.substring((scoped ? before : last) + 1);
    String plain = scoped ? folder.substring(last + 1) : name;
    String archive = file.substring(file.lastIndexOf('/') + 1);
    if (archive.startsWith(plain + "-") && archive.endsWith(".tgz")) {
      String version = archive.substring(plain.length() + 1, archive.length() - ".tgz".length());
      put(name, version, address, folder.substring(0, scoped ? before : last));
    }
  }

  private void put(String name, String version, URI address, String registry) {
    URI base = Http.address(registry + "/");
    if (base != null) {
      archives.putIfAbsent(name + "\0" + version, new Archive(address, base.toString()));
      hosts.merge(Http.host(base), 1, Integer::sum);
    }
  }

  private static String decoded(String text) {
    try {
      return text.indexOf('%') < 0
          ? text
          : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  /// The archive of a package, or null where the lock does not say.
  @Nullable Archive of(String name, String version) {
    return archives.get(name + "\0" + version);
  }

  /// Whether a registry is the one that most of the packages come from: it is the one that a
  /// configured registry stands for.
  boolean isUsual(String registry) {
    int count = hosts.getOrDefault(Http.host(URI.create(registry)), 0);
    return hosts.values().stream().allMatch(other -> other <= count);
  }
}
