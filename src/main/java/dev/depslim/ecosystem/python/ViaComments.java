package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `# via` comments that pip-compile and uv write behind each requirement, on its line or below
/// it, in one line or one source a line.
final class ViaComments {
  /// First line of a requirement → what asked for it, as written.
  private final Map<Integer, List<String>> sources = new LinkedHashMap<>();

  private final List<String> header = new ArrayList<>();

  private ViaComments() {}

  static ViaComments of(SourceFile file) {
    ViaComments out = new ViaComments();
    out.read(RequirementsText.decode(file.bytes()).lines());
    return out;
  }

  private void read(List<String> lines) {
    int requirement = 0;
    boolean joined = false;
    boolean listing = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int hash = hash(line);
      if (hash < 0 || !line.substring(0, hash).isBlank()) {
        if (!line.isBlank() && !joined) {
          requirement = i + 1;
        }
        listing = false;
      }
      if (hash >= 0) {
        listing = comment(line.substring(hash + 1), requirement, listing);
      }
      joined = hash < 0 && line.endsWith("\\");
    }
  }

  /// Whether the next lines go on with this list.
  private boolean comment(String comment, int requirement, boolean listing) {
    String text = comment.strip();
    if (requirement == 0) {
      header.add(text);
      return false;
    }
    if (text.equals("via") || text.startsWith("via ")) {
      add(requirement, text.substring(3));
      return true;
    }
    if (listing && comment.startsWith("  ") && !text.isEmpty()) {
      add(requirement, text);
      return true;
    }
    return false;
  }

  private void add(int requirement, String text) {
    List<String> list = sources.computeIfAbsent(requirement, _ -> new ArrayList<>());
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        list.add(part.strip());
      }
    }
  }

  private static int hash(String line) {
    int hash = line.indexOf('#');
    while (hash > 0 && !Text.isSpace(line.charAt(hash - 1))) {
      hash = line.indexOf('#', hash + 1);
    }
    return hash;
  }

  /// Whether any requirement has a `# via`.
  boolean any() {
    return !sources.isEmpty();
  }

  /// The comments before the first requirement.
  List<String> header() {
    return header;
  }

  /// Whether people asked for the requirement at this line: a file or the project is among its
  /// sources, or none is written.
  boolean isDirect(int line) {
    List<String> list = sources.get(line);
    return list == null || list.isEmpty() || packages(line).isEmpty();
  }

  /// The packages that ask for the requirement at this line; empty where people ask for it too.
  List<String> packages(int line) {
    List<String> out = new ArrayList<>();
    for (String source : sources.getOrDefault(line, List.of())) {
      if (fileOf(source) != null) {
        return List.of();
      }
      if (!source.startsWith("-c ")) {
        out.add(source);
      }
    }
    return out;
  }

  /// All packages among the sources, whether or not people ask for the requirement too.
  List<String> allPackages(int line) {
    List<String> out = new ArrayList<>();
    for (String source : sources.getOrDefault(line, List.of())) {
      if (fileOf(source) == null && !source.startsWith("-c ")) {
        out.add(source);
      }
    }
    return out;
  }

  /// The manifests among the sources.
  List<String> files(int line) {
    List<String> out = new ArrayList<>();
    for (String source : sources.getOrDefault(line, List.of())) {
      String file = fileOf(source);
      if (file != null) {
        out.add(file);
      }
    }
    return out;
  }

  /// `-r file`, `name (pyproject.toml)`, `name (setup.py)`.
  private static @Nullable String fileOf(String source) {
    if (source.startsWith("-r ")) {
      return source.substring(3).strip();
    }
    int open = source.indexOf('(');
    if (open >= 0 && source.endsWith(")")) {
      return source.substring(open + 1, source.length() - 1);
    }
    return source.endsWith(".in") || source.endsWith(".toml") ? source : null;
  }
}
