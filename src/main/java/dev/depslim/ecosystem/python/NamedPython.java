package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The version of Python that a project names beside its requirements: the base images of its
/// Dockerfile, else `.python-version`; those of its own folder before those of a folder above.
final class NamedPython {
  private static final List<String> DOCKERFILES =
      List.of("Dockerfile", "dockerfile", "Containerfile", "docker/Dockerfile");
  private static final Pattern ARGUMENT =
      Pattern.compile("\\s*ARG\\s+(\\w+)=[\"']?([^\"'\\s]+).*", Pattern.CASE_INSENSITIVE);
  private static final Pattern BASE =
      Pattern.compile("\\s*FROM\\s+(?:--\\S+\\s+)*(\\S+).*", Pattern.CASE_INSENSITIVE);
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)(?::?-([^}]*))?[^}]*\\})");

  /// `python:3.12-slim`, `uv:python3.12-bookworm`.
  private static final Pattern IMAGE =
      Pattern.compile("python:?(3\\.\\d+(?:\\.\\d+)?)(?![\\d.]).*");

  private static final Pattern PINNED =
      Pattern.compile("(?:cpython-|python-?)?(3\\.\\d+(?:\\.\\d+)?)(?![\\d.]).*");

  private NamedPython() {}

  /// Minor or exact versions of Python 3; empty where nothing names one.
  static Set<String> of(String folder, ProjectFiles files) {
    for (String at = folder; ; at = Paths.folder(at)) {
      for (String name : DOCKERFILES) {
        Set<String> found = inDockerfile(files.read(Paths.below(at, name)));
        if (!found.isEmpty()) {
          return found;
        }
      }
      if (at.isEmpty()) {
        return pinned(folder, files);
      }
    }
  }

  private static Set<String> pinned(String folder, ProjectFiles files) {
    for (String at = folder; ; at = Paths.folder(at)) {
      byte[] bytes = files.read(Paths.below(at, ".python-version"));
      for (String line : lines(bytes)) {
        Matcher version = PINNED.matcher(line.strip());
        if (version.matches()) {
          return Set.of(version.group(1));
        }
      }
      if (at.isEmpty()) {
        return Set.of();
      }
    }
  }

  private static Set<String> inDockerfile(byte @Nullable [] bytes) {
    Map<String, String> arguments = new HashMap<>();
    Set<String> found = new LinkedHashSet<>();
    for (String line : lines(bytes)) {
      Matcher argument = ARGUMENT.matcher(line);
      if (argument.matches()) {
        arguments.putIfAbsent(argument.group(1), argument.group(2));
      }
      Matcher base = BASE.matcher(line);
      if (base.matches()) {
        Matcher image = IMAGE.matcher(replaced(base.group(1), arguments));
        if (image.find()) {
          found.add(image.group(1));
        }
      }
    }
    return found;
  }

  private static String replaced(String text, Map<String, String> arguments) {
    return VARIABLE
        .matcher(text)
        .replaceAll(match -> {
          String name = match.group(1) == null ? match.group(2) : match.group(1);
          String otherwise = match.group(3) == null ? "" : match.group(3);
          return Matcher.quoteReplacement(arguments.getOrDefault(name, otherwise));
        });
  }

  private static List<String> lines(byte @Nullable [] bytes) {
    return bytes == null ? List.of() : new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }
}
