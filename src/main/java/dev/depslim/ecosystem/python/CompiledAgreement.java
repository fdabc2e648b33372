package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a compiled requirements file says what its `.in` files say: everything that they ask for
/// is pinned in a version that they allow, and what is pinned for one of them alone is asked for in
/// it. No tool compares the two before an install: pip follows the compiled file.
///
/// Nothing is said of requirements with a marker, of URLs and folders, of what a file of another
/// kind includes, and of packages that pip-compile leaves out (pip, setuptools).
final class CompiledAgreement {
  private static final Set<String> LEFT_OUT = Set.of("pip", "setuptools", "distribute", "wheel");

  private final PythonLock lock;
  private final ProjectFiles files;
  private final ViaComments via;
  private final Map<String, List<RequirementsEntry.Package>> pinned = new LinkedHashMap<>();
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final List<Disagreement> out = new ArrayList<>();

  /// An `.in` file with what it includes.
  ///
  /// @param whole whether all of it could be read and has a name
  private record Source(Map<String, Asked> asked, boolean whole) {}

  private record Asked(String path, RequirementsEntry.Package entry) {}

  private CompiledAgreement(PythonLock lock, ProjectFiles files, ViaComments via) {
    this.lock = lock;
    this.files = files;
    this.via = via;
  }

  /// The disagreements.
  ///
  /// @param command as the header has it, or null
  static List<Disagreement> of(
      SourceFile file,
      List<RequirementsEntry.Package> packages,
      ViaComments via,
      @Nullable String command,
      ProjectFiles files) {
    PythonLock lock =
        new PythonLock(
            file.path(),
            "pip install -r " + file.fileName(),
            Outcome.FOLLOWS_LOCK,
            command == null ? "pip-compile " + stem(file.fileName()) : command);
    CompiledAgreement agreement = new CompiledAgreement(lock, files, via);
    agreement.pin(file, new HashSet<>());
    Set<String> paths = agreement.sourcePaths(command, file.path(), packages);
    paths.forEach(path -> agreement.sources.put(path, agreement.source(path)));
    Set<String> omitted = omitted(command);
    agreement.sources.values().forEach(source -> agreement.requested(source, omitted));
    agreement.leftOver(packages);
    return agreement.out;
  }

  /// What the file pins, and what the files pin that it takes in (`-r`, as pip-compile-multi writes
  /// it).
  private void pin(SourceFile file, Set<String> seen) {
    if (!seen.add(file.path())) {
      return;
    }
    for (RequirementsEntry entry : RequirementsParser.parse(file, files, Map.of())) {
      if (entry instanceof RequirementsEntry.Package found && found.name() != null) {
        pinned
            .computeIfAbsent(Ecosystem.PYPI.normalize(found.name()), _ -> new ArrayList<>())
            .add(found);
      } else if (entry instanceof RequirementsEntry.Include include && !include.constraint()) {
        byte[] bytes = files.read(include.path());
        if (bytes != null) {
          pin(new SourceFile(include.path(), bytes), seen);
        }
      }
    }
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - "txt".length()) + "in";
  }

  private static Set<String> omitted(@Nullable String command) {
    Set<String> out = new HashSet<>(LEFT_OUT);
    if (command != null) {
      String[] words = command.split("[\\s=]+");
      for (int i = 0; i + 1 < words.length; i++) {
        if (words[i].equals("--unsafe-package") || words[i].equals("--no-emit-package")) {
          out.add(Ecosystem.PYPI.normalize(words[i + 1]));
        }
      }
    }
    return out;
  }

  /// The `.in` files that the command names, else those that the comments name, else the one beside
  /// it.
  private Set<String> sourcePaths(
      @Nullable String command, String path, List<RequirementsEntry.Package> packages) {
    Set<String> out = new LinkedHashSet<>();
    if (command != null) {
      for (String word : command.split("\\s+")) {
        if (word.endsWith(".in") && !word.startsWith("-")) {
          add(word, out);
        }
      }
    }
    if (out.isEmpty()) {
      for (RequirementsEntry.Package found : packages) {
        via.files(found.line()).stream()
            .filter(it -> it.endsWith(".in"))
            .forEach(it -> add(it, out));
      }
    }
    String beside = path.substring(0, path.length() - "txt".length()) + "in";
    if (out.isEmpty() && command == null && files.exists(beside)) {
      out.add(beside);
    }
    return out;
  }

  private void add(String word, Set<String> into) {
    String found = find(word);
    if (found != null) {
      into.add(found);
    }
  }

  /// The command was given in the folder of the file or in one above it.
  private @Nullable String find(String word) {
    for (String folder = lock.folder(); ; folder = Paths.folder(folder)) {
      String source = Paths.resolve(folder, word);
      if (source != null && files.exists(source)) {
        return source;
      }
      if (folder.isEmpty()) {
        return null;
      }
    }
  }

  private Source source(String path) {
    Map<String, Asked> asked = new LinkedHashMap<>();
    boolean whole = collect(path, asked, new HashSet<>());
    return new Source(asked, whole);
  }

  private boolean collect(String path, Map<String, Asked> asked, Set<String> seen) {
    byte[] bytes = seen.add(path) ? files.read(path) : new byte[0];
    if (bytes == null) {
      return false;
    }
    boolean whole = true;
    for (RequirementsEntry entry :
        RequirementsParser.parse(new SourceFile(path, bytes), files, Map.of())) {
      switch (entry) {
        case RequirementsEntry.Package found -> {
          String name = found.name();
          if (name == null) {
            whole = false;
          } else {
            asked.putIfAbsent(Ecosystem.PYPI.normalize(name), new Asked(path, found));
          }
        }
        case RequirementsEntry.Include include -> {
          if (!include.constraint()) {
            whole &= include.path().endsWith(".in") && collect(include.path(), asked, seen);
          }
        }
        case RequirementsEntry.Problem _ -> whole = false;
        case RequirementsEntry.Options _ -> {}
      }
    }
    return whole;
  }

  private void requested(Source source, Set<String> omitted) {
    source
        .asked()
        .forEach((name, asked) -> {
          RequirementsEntry.Package entry = asked.entry();
          List<RequirementsEntry.Package> found = pinned.get(name);
          if (entry.markerText() != null
              || entry.url() != null
              || entry.path() != null
              || omitted.contains(name)) {
            return;
          }
          String asks =
              asked.path()
                  + " asks for "
                  + (entry.specifier().clauses().isEmpty() ? "any version" : entry.specifier());
          Location at = new Location(asked.path(), entry.line(), entry.column());
          if (found == null) {
            out.add(
                lock.of(entry.name(), at, asks + ", and " + lock.name() + " has none", List.of()));
            return;
          }
          List<String> versions = new ArrayList<>();
          for (RequirementsEntry.Package pin : found) {
            String version = version(pin);
            if (version == null || entry.specifier().contains(version, true)) {
              return;
            }
            versions.add(version);
          }
          out.add(
              lock.of(
                  entry.name(),
                  at,
                  asks + ", " + lock.name() + " has " + String.join(", ", versions),
                  List.of()));
        });
  }

  private static @Nullable String version(RequirementsEntry.Package pin) {
    for (VersionSpecifier.Clause clause : pin.specifier().clauses()) {
      if (clause.operator().equals("==") || clause.operator().equals("===")) {
        return clause.version();
      }
    }
    return null;
  }

  /// What is pinned because of files alone that do not ask for it any more.
  private void leftOver(List<RequirementsEntry.Package> packages) {
    Map<String, @Nullable Source> byComment = new HashMap<>();
    for (RequirementsEntry.Package pin : packages) {
      List<String> asking = via.files(pin.line());
      String name = pin.name();
      if (name == null || asking.isEmpty() || !via.allPackages(pin.line()).isEmpty()) {
        continue;
      }
      boolean left = true;
      for (String comment : asking) {
        if (!byComment.containsKey(comment)) {
          String path = comment.endsWith(".in") ? find(comment) : null;
          byComment.put(comment, path == null ? null : source(path));
        }
        Source source = byComment.get(comment);
        left &=
            source != null
                && source.whole()
                && !source.asked().containsKey(Ecosystem.PYPI.normalize(name));
      }
      if (left) {
        String version = version(pin);
        String what =
            lock.name()
                + " has "
                + (version == null ? "it" : version)
                + " for "
                + String.join(", ", asking)
                + ", which does not name it";
        out.add(
            lock.of(name, new Location(lock.path(), pin.line(), pin.column()), what, List.of()));
      }
    }
  }
}
