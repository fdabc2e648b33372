package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.python.RequirementsEntry.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one requirement as pip's `install_req_from_line` and `parse_editable` do: a name of PEP
/// 508, a URL, a repository, a folder or an archive.
final class RequirementLine {
  private static final Set<String> SCHEMES = Set.of("http", "https", "file", "ftp");

  /// The schemes of pip's version control backends.
  private static final Map<String, Set<String>> TRANSPORTS =
      Map.of(
          "git", Set.of("http", "https", "ssh", "git", "file"),
          "hg", Set.of("file", "http", "https", "ssh", "static-http"),
          "svn", Set.of("ssh", "http", "https", "svn", "file"),
          "bzr", Set.of("http", "https", "ssh", "sftp", "ftp", "lp", "file"));

  private static final Pattern HOST = Pattern.compile("file://(?!localhost/|/)[^/].*");

  private final SourceFile file;
  private final ProjectFiles files;
  private final int line;
  private final int column;
  private final RequirementsOptions options;
  private final boolean editable;
  private RequirementsEntry.@Nullable Package found;

  /// Why a line is refused.
  ///
  /// @param offset index in the text of the requirement
  record Failure(Kind kind, int offset, String message) {}

  RequirementLine(
      SourceFile file,
      ProjectFiles files,
      int line,
      int column,
      RequirementsOptions options,
      boolean editable) {
    this.file = file;
    this.files = files;
    this.line = line;
    this.column = column;
    this.options = options;
    this.editable = editable;
  }

  /// The package of the line, also where it was refused but can be told; or null.
  RequirementsEntry.@Nullable Package found() {
    return found;
  }

  @Nullable Failure read(String text) {
    return editable ? readEditable(text) : readLine(text);
  }

  private @Nullable Failure readLine(String text) {
    String separator = isUrl(text) ? "; " : ";";
    int split = text.indexOf(separator);
    String name = Text.strip(split < 0 ? text : text.substring(0, split));
    String markerText = split < 0 ? "" : Text.strip(text.substring(split + separator.length()));
    Marker marker = null;
    if (!markerText.isEmpty()) {
      try {
        marker = Marker.parse(markerText);
      } catch (RequirementSyntaxException e) {
        return invalid(
            split + separator.length() + e.offset(),
            "the marker '" + markerText + "' cannot be read: " + e.getMessage());
      }
    }
    String written = markerText.isEmpty() ? null : markerText;
    if (isUrl(name)) {
      return url(name, marker, written);
    }
    String bare = withoutExtras(name);
    String extras = name.substring(bare.length());
    String path = pathOf(bare, name);
    if (path != null) {
      return path(path, extras, marker, written);
    }
    return named(name, marker, written);
  }

  private @Nullable Failure named(
      String name, @Nullable Marker marker, @Nullable String markerText) {
    Requirement requirement;
    try {
      requirement = Requirement.parse(name);
    } catch (RequirementSyntaxException e) {
      if (name.indexOf('/') >= 0) {
        return new Failure(
            Kind.NOT_INSTALLABLE_PATH,
            0,
            "'"
                + name
                + "' looks like a path, but there is no such folder or archive: correct it,"
                + " or write 'name @ URL'");
      }
      return invalid(e.offset(), "'" + name + "' is no requirement: " + e.getMessage());
    }
    found =
        entry(
            requirement.name(),
            requirement.extras(),
            requirement.specifier(),
            marker,
            markerText,
            requirement.url(),
            null,
            true);
    return null;
  }

  private @Nullable Failure url(String url, @Nullable Marker marker, @Nullable String markerText) {
    String fileName = Archives.fileName(url);
    if (fileName.endsWith(".whl")) {
      Archives.Wheel wheel = Archives.wheel(fileName);
      if (wheel == null) {
        return invalid(
            0, "'" + fileName + "' is no wheel name: name-version-python-abi-platform.whl");
      }
      VersionSpecifier pinned =
          new VersionSpecifier(List.of(new VersionSpecifier.Clause("==", wheel.version())));
      found = entry(wheel.name(), List.of(), pinned, marker, markerText, url, null, true);
      return null;
    }
    return egg(url, marker, markerText);
  }

  /// `#egg=name`; older versions of pip took extras and a version there.
  private @Nullable Failure egg(String url, @Nullable Marker marker, @Nullable String markerText) {
    String egg = Archives.egg(url);
    if (egg == null && url.matches(".*[#&]egg=(&.*)?")) {
      found = entry(null, List.of(), VersionSpecifier.ANY, marker, markerText, url, null, false);
      return invalid(
          0, "'#egg=' names nothing, and pip refuses it: write 'name @ " + bareUrl(url) + "'");
    }
    if (egg == null || Text.isName(egg)) {
      Failure failure = otherHost(url);
      found =
          entry(
              egg, List.of(), VersionSpecifier.ANY, marker, markerText, url, null, failure == null);
      return failure;
    }
    try {
      Requirement old = Requirement.parse(egg);
      found =
          entry(old.name(), old.extras(), old.specifier(), marker, markerText, url, null, false);
    } catch (RequirementSyntaxException e) {
      found = null;
    }
    String instead = found == null ? "name" : egg.replaceAll("[=<>!~].*", "");
    return invalid(
        0,
        "'#egg="
            + egg
            + "' is refused by pip from 25.0 on: write '"
            + instead
            + " @ "
            + bareUrl(url)
            + "'");
  }

  private static String bareUrl(String url) {
    return url.replaceAll("#.*", "");
  }

  /// pip refuses `file://host/…`: it reads files of this machine only.
  private static @Nullable Failure otherHost(String url) {
    return HOST.matcher(url).matches()
        ? invalid(
            0,
            "'"
                + url
                + "' names another machine, which pip cannot read: file:///path is of this one")
        : null;
  }

  private @Nullable Failure path(
      String path, String extras, @Nullable Marker marker, @Nullable String markerText) {
    List<String> names = extrasIn(extras);
    String fileName = Paths.name(path);
    if (fileName.endsWith(".whl")) {
      Archives.Wheel wheel = Archives.wheel(fileName);
      if (wheel == null) {
        return invalid(
            0, "'" + fileName + "' is no wheel name: name-version-python-abi-platform.whl");
      }
      VersionSpecifier pinned =
          new VersionSpecifier(List.of(new VersionSpecifier.Clause("==", wheel.version())));
      found = entry(wheel.name(), names, pinned, marker, markerText, null, path, true);
      return null;
    }
    found = entry(null, names, VersionSpecifier.ANY, marker, markerText, null, path, true);
    return null;
  }

  private @Nullable Failure readEditable(String text) {
    String bare = withoutExtras(text);
    List<String> extras = extrasIn(text.substring(bare.length()));
    String folder = isUrl(text) ? null : folder(bare, true);
    if (folder != null) {
      found = entry(null, extras, VersionSpecifier.ANY, null, null, null, folder, true);
      return null;
    }
    String scheme = scheme(text);
    if (scheme.equals("file")) {
      String egg = Archives.egg(bare);
      Failure failure = otherHost(bare);
      found = entry(egg, extras, VersionSpecifier.ANY, null, null, bare, null, failure == null);
      return failure;
    }
    int plus = scheme.indexOf('+');
    boolean repository = plus < 0 ? TRANSPORTS.containsKey(scheme) : isRepository(scheme, plus);
    if (!repository) {
      return new Failure(
          Kind.NOT_INSTALLABLE_PATH,
          0,
          "'"
              + text
              + "' is neither a folder with a project nor a repository URL: correct the path");
    }
    if (Archives.egg(text) == null) {
      found = entry(null, List.of(), VersionSpecifier.ANY, null, null, text, null, false);
      return invalid(0, "an editable repository needs a name: add #egg=name to the URL");
    }
    return egg(text, null, null);
  }

  /// The folder or archive that a line names, relative to the analysed root, or null.
  private @Nullable String pathOf(String bare, String name) {
    boolean looksLikePath = name.indexOf('/') >= 0 || name.startsWith(".");
    if (looksLikePath) {
      String folder = folder(bare, false);
      if (folder != null) {
        return folder;
      }
    }
    if (!Archives.isArchive(bare)) {
      return null;
    }
    String existing = lookUp(bare, false);
    if (existing != null) {
      return existing;
    }
    int at = name.indexOf('@');
    if (at >= 0 && name.indexOf('/') > at && !name.startsWith(".")) {
      return null;
    }
    String resolved = Paths.resolve(file.folder(), bare);
    return resolved == null ? bare : resolved;
  }

  private @Nullable String folder(String bare, boolean anyFolder) {
    String found = lookUp(bare, true);
    return found != null || !anyFolder ? found : lookUp(bare, false);
  }

  /// pip looks from where it is started: the folder of the file or one above it.
  private @Nullable String lookUp(String target, boolean project) {
    String folder = file.folder();
    while (true) {
      String path = Paths.resolve(folder, target);
      if (path != null && (project ? isProject(path) : !path.isEmpty() && files.exists(path))) {
        return path;
      }
      if (folder.isEmpty()) {
        return null;
      }
      folder = Paths.folder(folder);
    }
  }

  private boolean isProject(String path) {
    return files.exists(Paths.below(path, "pyproject.toml"))
        || files.exists(Paths.below(path, "setup.py"))
        || files.exists(Paths.below(path, "setup.cfg"));
  }

  private RequirementsEntry.Package entry(
      @Nullable String name,
      List<String> extras,
      VersionSpecifier specifier,
      @Nullable Marker marker,
      @Nullable String markerText,
      @Nullable String url,
      @Nullable String path,
      boolean accepted) {
    return new RequirementsEntry.Package(
        line,
        column,
        name,
        extras,
        specifier,
        marker,
        markerText,
        url,
        path,
        editable,
        options,
        accepted);
  }

  private static Failure invalid(int offset, String message) {
    return new Failure(Kind.INVALID_REQUIREMENT, offset, message);
  }

  /// The text without `[…]` at its end.
  private static String withoutExtras(String text) {
    int open = text.endsWith("]") ? text.lastIndexOf('[') : -1;
    return open > 0 && open < text.length() - 2 ? Text.strip(text.substring(0, open)) : text;
  }

  private static List<String> extrasIn(String brackets) {
    if (brackets.isBlank()) {
      return List.of();
    }
    try {
      return Requirement.parse("x" + brackets.strip().toLowerCase(Locale.ROOT)).extras();
    } catch (RequirementSyntaxException e) {
      return List.of();
    }
  }

  private static String scheme(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  /// Whether a text begins with a scheme that pip installs from.
  static boolean isUrl(String text) {
    String scheme = scheme(text);
    int plus = scheme.indexOf('+');
    return plus < 0 ? SCHEMES.contains(scheme) : isRepository(scheme, plus);
  }

  private static boolean isRepository(String scheme, int plus) {
    return TRANSPORTS
        .getOrDefault(scheme.substring(0, plus), Set.of())
        .contains(scheme.substring(plus + 1));
  }
}
