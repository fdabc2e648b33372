package dev.depslim.ecosystem.node;

import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An entry of a lock of Yarn while it is read.
final class YarnEntry {
  /// A requirement as the package states it.
  record Requirement(String name, String range, boolean optional) {}

  /// What asks for the package: `name@range` each.
  final List<String> patterns;

  final int line;
  final int column;
  final List<Requirement> requirements = new ArrayList<>(4);
  @Nullable String version;

  /// Peers of a project of the user and the ranges that it states; empty for all others.
  final Map<String, String> peers = new LinkedHashMap<>(0);

  /// Where it is fetched from (classic), or name and source (berry).
  @Nullable String resolution;

  /// Whether its conditions keep it from Linux on x86-64 and arm64.
  boolean foreign;

  YarnEntry(List<String> patterns, int line, int column) {
    this.patterns = patterns;
    this.line = line;
    this.column = column;
  }

  /// The entries that count: of two for the same request that is the last one.
  ///
  /// @param remedy what to do with the file
  /// @param issues takes what stands twice
  static List<YarnEntry> withoutRepeated(
      List<YarnEntry> entries, String path, String remedy, List<Issue> issues) {
    Map<String, YarnEntry> byPattern = new HashMap<>();
    Set<YarnEntry> replaced = new LinkedHashSet<>();
    for (YarnEntry entry : entries) {
      for (String pattern : entry.patterns) {
        YarnEntry before = byPattern.put(pattern, entry);
        if (before != null && before != entry) {
          replaced.add(before);
          issues.add(
              Issue.warning(
                  new Location(path, before.line, before.column),
                  "\""
                      + pattern
                      + "\" stands here and again in line "
                      + entry.line
                      + ", which counts: "
                      + remedy));
        }
      }
    }
    replaced.removeIf(
        entry -> entry.patterns.stream().anyMatch(pattern -> byPattern.get(pattern) == entry));
    return replaced.isEmpty()
        ? entries
        : entries.stream().filter(entry -> !replaced.contains(entry)).toList();
  }

  /// Notes that a requirement may be absent, after the requirement itself.
  void mayBeAbsent(String name) {
    requirements.replaceAll(
        one -> one.name().equals(name) ? new Requirement(name, one.range(), true) : one);
  }

  /// The name in `name@range`.
  static String name(String pattern) {
    int at = pattern.indexOf('@', 1);
    return at < 0 ? pattern : pattern.substring(0, at);
  }

  /// The range in `name@range`, empty where there is none.
  static String range(String pattern) {
    int at = pattern.indexOf('@', 1);
    return at < 0 ? "" : pattern.substring(at + 1);
  }
}
