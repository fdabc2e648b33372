package dev.depslim.ecosystem.node;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A repository that a spec or a lock names, in one spelling for all its forms (hosted-git-info).
///
/// @param repository `host:owner/name` for the hosts that npm knows, else the address
/// @param committish commit, branch or tag, or null
/// @param range of versions that a tag must have (`#semver:`), or null
/// @param folder of the repository that holds the package (`#path:`), from its root, or null
record GitSource(
    String repository,
    @Nullable String committish,
    @Nullable String range,
    @Nullable String folder) {
  private static final Map<String, String> HOSTS =
      Map.of(
          "github.com", "github",
          "gitlab.com", "gitlab",
          "bitbucket.org", "bitbucket",
          "gist.github.com", "gist",
          "git.sr.ht", "sourcehut");

  private static final Pattern COMMIT = Pattern.compile("[a-fA-F0-9]{40,64}");
  private static final Pattern SHORTCUT =
      Pattern.compile("(?:(github|gitlab|bitbucket|gist|sourcehut):)?([^:@]+)");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:(?:git\\+)?[a-z]+://)?(?:[^@/]+@)?(?:www\\.)?([a-z.]+)(?::[0-9]+)?[:/](.+)",
          Pattern.CASE_INSENSITIVE);

  /// The repository of a spec of git or of the `resolved` of a lock.
  static GitSource of(String text) {
    int hash = text.indexOf('#');
    String address = hash < 0 ? text : text.substring(0, hash);
    @Nullable String committish = null;
    @Nullable String range = null;
    @Nullable String folder = null;
    for (String part : (hash < 0 ? "" : text.substring(hash + 1)).split("::", -1)) {
      if (part.startsWith("semver:")) {
        range = part.substring("semver:".length());
      } else if (part.startsWith("path:")) {
        String path = part.substring("path:".length());
        folder = path.startsWith("/") ? path : "/" + path;
      } else if (!part.isEmpty() && part.indexOf(':') < 0) { // npm passes over other words
        committish = part;
      }
    }
    return new GitSource(repository(address), committish, range, folder);
  }

  /// Whether it names one commit.
  boolean isCommit() {
    return committish != null && COMMIT.matcher(committish).matches();
  }

  private static String repository(String address) {
    Matcher shortcut = SHORTCUT.matcher(address);
    if (shortcut.matches()) {
      String host = shortcut.group(1) == null ? "github" : shortcut.group(1);
      return place(host, shortcut.group(2));
    }
    Matcher parts = ADDRESS.matcher(address);
    if (parts.matches()) {
      String host = HOSTS.get(parts.group(1).toLowerCase(Locale.ROOT));
      if (host != null) {
        return place(host, parts.group(2));
      }
    }
    return address.startsWith("git+") ? address.substring("git+".length()) : address;
  }

  /// A gist has an identifier of its own: who wrote it is not needed to find it.
  private static String place(String host, String path) {
    String clean = path(path);
    return host + ":" + (host.equals("gist") ? clean.substring(clean.lastIndexOf('/') + 1) : clean);
  }

  private static String path(String path) {
    String out = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    out = out.startsWith("/") ? out.substring(1) : out;
    return out.endsWith(".git") ? out.substring(0, out.length() - ".git".length()) : out;
  }
}
