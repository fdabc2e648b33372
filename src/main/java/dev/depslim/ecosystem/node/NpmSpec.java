package dev.depslim.ecosystem.node;

import dev.depslim.model.Origin;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a dependency of a package.json asks for: the right side of `"name": "spec"`.
///
/// The types up to [Type#DIRECTORY] are those of npm (npm-package-arg); the later ones belong to
/// pnpm, yarn, bun and deno.
///
/// @param type what kind of request it is
/// @param packageName the package behind the declared name, where the spec names one (alias, patch,
///   jsr, workspace), else null
/// @param constraint the requested versions of a registry package (of the target, for an alias),
///   empty for any; for other types the spec itself
/// @param problem what is wrong with the spec and keeps it from what it seems to mean, or null
public record NpmSpec(
    Type type, @Nullable String packageName, String constraint, @Nullable String problem) {
  /// The kinds of requests.
  public enum Type {
    RANGE,
    VERSION,
    TAG,
    ALIAS,
    GIT,
    REMOTE,
    FILE,
    DIRECTORY,
    /// A member of the same workspace (`workspace:`).
    WORKSPACE,
    /// A folder that is linked, not copied (`link:`, `portal:`).
    LINK,
    /// A range that stands elsewhere (`catalog:`).
    CATALOG,
    /// A package with a patch on it (`patch:`).
    PATCH,
    /// A package of the jsr registry (`jsr:`).
    JSR,
    /// A package that a script generates (`exec:`).
    EXEC,
    /// Not a request that can be understood.
    INVALID
  }

  private static final Pattern FILE_PATH =
      Pattern.compile("(?:[.]|~/|/|[a-zA-Z]:[/\\\\]).*", Pattern.DOTALL);
  private static final Pattern ARCHIVE =
      Pattern.compile(".*[.](?:tgz|tar\\.gz|tar)", Pattern.CASE_INSENSITIVE);
  private static final Pattern HOST_SHORTCUT =
      Pattern.compile("(?:github|gitlab|bitbucket|gist|sourcehut):(?!//).+");
  private static final Pattern GITHUB_SHORTHAND =
      Pattern.compile("[^\\s@:#/.][^\\s@:#/]*/[^\\s@:#/]+(?:#.*)?");
  private static final Pattern HOSTED_REPOSITORY =
      Pattern.compile(
          "https?://(?:[^/@]*@)?(?:www\\.)?(?:github\\.com|gitlab\\.com|bitbucket\\.org|git\\.sr\\.ht|gist\\.github\\.com)"
              + "/[^/#?]+/[^/#?]+/?(?:[?][^#]*)?(?:#.*)?");
  private static final Pattern HOSTED_SCP =
      Pattern.compile(
          "[^@/\\s]+@(?:github\\.com|gitlab\\.com|bitbucket\\.org|git\\.sr\\.ht|gist\\.github\\.com):.+");
  private static final Pattern SCP = Pattern.compile("[^@/\\s.]+@[^:/\\s]+:.+");
  private static final Pattern PROTOCOL =
      Pattern.compile("((?:git\\+)?[a-z]+):.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /// The meaning of a spec; white space around it does not count.
  public static NpmSpec parse(String spec) {
    String text = spec.strip();
    if (text.startsWith("file:") || FILE_PATH.matcher(text).matches()) {
      return path(text);
    }
    if (text.startsWith("npm:")) {
      return alias(text);
    }
    if (HOST_SHORTCUT.matcher(text).matches()
        || GITHUB_SHORTHAND.matcher(text).matches()
        || HOSTED_REPOSITORY.matcher(text).matches()
        || HOSTED_SCP.matcher(text).matches()) {
      return new NpmSpec(Type.GIT, null, text, null);
    }
    var protocol = PROTOCOL.matcher(text);
    if (protocol.matches()) {
      return protocol(protocol.group(1).toLowerCase(Locale.ROOT), text);
    }
    return text.indexOf('/') >= 0 || ARCHIVE.matcher(text).matches() ? path(text) : registry(text);
  }

  /// Where the package comes from. A folder is the user's own code, as npm links it; an archive is
  /// not.
  public Origin origin() {
    return switch (type) {
      case RANGE, VERSION, TAG, ALIAS, CATALOG, PATCH, JSR, INVALID -> Origin.REGISTRY;
      case GIT -> Origin.GIT;
      case REMOTE -> Origin.URL;
      case FILE, EXEC -> Origin.FILE;
      case DIRECTORY -> problem == null ? Origin.WORKSPACE : Origin.GIT;
      case LINK, WORKSPACE -> Origin.WORKSPACE;
    };
  }

  private static NpmSpec path(String text) {
    Type type = ARCHIVE.matcher(text).matches() ? Type.FILE : Type.DIRECTORY;
    if (SCP.matcher(text).matches()) {
      String problem =
          "npm takes \"" + text + "\" for a folder: a repository begins with git+ssh://";
      return new NpmSpec(type, null, text, problem);
    }
    return new NpmSpec(type, null, text, null);
  }

  private static NpmSpec registry(String text) {
    if (SemVersion.parse(text) != null) {
      return new NpmSpec(Type.VERSION, null, text, null);
    }
    if (SemRange.parse(text) != null) {
      return new NpmSpec(Type.RANGE, null, text, null);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letterOrDigit && "-_.!~*'()".indexOf(c) < 0) {
        return invalid(text, "\"" + text + "\" is neither a version range nor a tag");
      }
    }
    return new NpmSpec(Type.TAG, null, text, null);
  }

  private static NpmSpec alias(String text) {
    String target = text.substring("npm:".length());
    int at = target.indexOf('@', 1);
    String name = at < 0 ? target : target.substring(0, at);
    String range = at < 0 ? "" : target.substring(at + 1);
    if (at < 0 && !name.isEmpty() && !NpmName.isValid(name) && SemRange.parse(name) != null) {
      return registry(name); // "npm:^1" of deno and pnpm: a range of the declared name itself
    }
    String problem = NpmName.problem(name);
    if (problem != null) {
      return invalid(text, "\"" + text + "\" names no package: " + problem);
    }
    NpmSpec inner = range.startsWith("npm:") ? invalid(range, "") : parse(range);
    return switch (inner.type) {
      case RANGE, VERSION, TAG -> new NpmSpec(Type.ALIAS, name, inner.constraint, null);
      case ALIAS,
          GIT,
          REMOTE,
          FILE,
          DIRECTORY,
          WORKSPACE,
          LINK,
          CATALOG,
          PATCH,
          JSR,
          EXEC,
          INVALID ->
          invalid(
              text, "\"" + text + "\": an alias points to a version, range or tag of a package");
    };
  }

  private static NpmSpec protocol(String protocol, String text) {
    String rest = text.substring(protocol.length() + 1);
    return switch (protocol) {
      case "git", "git+ssh", "git+https", "git+http", "git+rsync", "git+ftp", "git+file" ->
          new NpmSpec(Type.GIT, null, text, null);
      case "http", "https" -> new NpmSpec(Type.REMOTE, null, text, null);
      case "link", "portal" -> new NpmSpec(Type.LINK, null, text, null);
      case "catalog" -> new NpmSpec(Type.CATALOG, null, text, null);
      case "exec" -> new NpmSpec(Type.EXEC, null, text, null);
      case "workspace" -> new NpmSpec(Type.WORKSPACE, named(rest), text, null);
      case "jsr" -> new NpmSpec(Type.JSR, named(rest), text, null);
      case "patch" -> new NpmSpec(Type.PATCH, named(rest), text, null);
      default ->
          invalid(text, "\"" + text + "\": the protocol " + protocol + ": is not one of a package");
    };
  }

  /// The name in `name@range`, or null where the text is a range or a path only.
  private static @Nullable String named(String text) {
    int at = text.indexOf('@', 1);
    String name = at < 0 ? text : text.substring(0, at);
    boolean plainRange = at < 0 && !name.startsWith("@");
    return plainRange || !NpmName.isValid(name) ? null : name;
  }

  private static NpmSpec invalid(String text, String problem) {
    return new NpmSpec(Type.INVALID, null, text, problem);
  }
}
