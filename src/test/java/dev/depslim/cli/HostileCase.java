package dev.depslim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/// A folder that nobody should have, and what must be said of it.
final class HostileCase {
  private final String name;
  private final Map<String, IntFunction<String>> files = new LinkedHashMap<>();
  private final List<String> says = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();

  HostileCase(String name) {
    this.name = name;
  }

  /// @param content of a size that grows with the number, which is 1 in the tests
  HostileCase file(String path, IntFunction<String> content) {
    files.put(path, content);
    return this;
  }

  HostileCase file(String path, String content) {
    return file(path, _ -> content);
  }

  /// An issue that must be there.
  ///
  /// @param place `path:line:column: severity: `, or as much of it as counts
  /// @param message a part of what it says
  HostileCase says(String place, String message) {
    says.add(place + "|" + message);
    return this;
  }

  /// Packages that must be declared or locked, whatever else is wrong.
  HostileCase reads(String... packages) {
    reads.addAll(List.of(packages));
    return this;
  }

  /// Nothing need be read.
  HostileCase noReads() {
    reads.clear();
    return this;
  }

  /// Whatever is said, it may be an error.
  HostileCase anyIssue() {
    says.add("|");
    return this;
  }

  String name() {
    return name;
  }

  List<String> wanted() {
    return reads;
  }

  void write(Path folder, int size) throws IOException {
    for (Map.Entry<String, IntFunction<String>> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue().apply(size), StandardCharsets.UTF_8);
    }
  }

  /// What is missing, one a line.
  ///
  /// @param issues as `path:line:column: severity: message`
  List<String> missing(List<String> issues, Set<String> names) {
    List<String> missing = new ArrayList<>();
    for (String said : says) {
      String place = said.substring(0, said.indexOf('|'));
      String message = said.substring(said.indexOf('|') + 1);
      if (!said.equals("|")
          && issues.stream().noneMatch(it -> it.startsWith(place) && it.contains(message))) {
        missing.add("no issue " + place + " … " + message);
      }
    }
    for (String one : reads) {
      if (!names.contains(one)) {
        missing.add(one + " is not read");
      }
    }
    if (says.isEmpty() && issues.stream().anyMatch(it -> it.contains(": error: "))) {
      missing.add("an error where nothing is wrong");
    }
    issues.stream()
        .filter(it -> it.length() > 1_000)
        .findFirst()
        .ifPresent(it -> missing.add("an issue of " + it.length() + " characters"));
    return missing;
  }
}
