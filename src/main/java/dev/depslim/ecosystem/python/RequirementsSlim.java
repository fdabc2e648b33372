package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DepslimException;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Scope;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The slim form of one requirement file: its lines as they are, what the plan leaves out as
/// comments, `-r` files in the place of their lines, `-c` files copied beside it.
final class RequirementsSlim {
  private final ProjectPlan plan;
  private final ProjectFiles files;
  private final String output;
  private final StringBuilder out = new StringBuilder();
  private final Set<String> open = new HashSet<>();
  private final Set<String> included = new HashSet<>();
  private final Map<String, SlimFile> constraints = new LinkedHashMap<>();
  private final List<Installed> kept = new ArrayList<>();
  private final List<Installed> removed = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean complete = true;
  private boolean hashes;

  /// The first package without a hash, and the first that no hash can check.
  private @Nullable String unhashed;

  private @Nullable String unchecked;

  /// @param output name of the file in the slim form
  RequirementsSlim(ProjectPlan plan, ProjectFiles files, String output) {
    this.plan = plan;
    this.files = files;
    this.output = output;
  }

  /// What the file asks for, names and versions normalised.
  List<Installed> kept() {
    return kept;
  }

  List<Installed> removed() {
    return removed;
  }

  List<String> notes() {
    return notes;
  }

  /// Whether the file holds everything that it installs.
  boolean isComplete() {
    return complete;
  }

  /// Whether it has hashes: pip then wants one for every package.
  boolean hasHashes() {
    return hashes;
  }

  /// The copies of constraint files that it names.
  List<SlimFile> constraints() {
    return List.copyOf(constraints.values());
  }

  /// The slim form of a file.
  ///
  /// @param added requirements that are written at its end
  /// @throws DepslimException.InvalidInput where pip would refuse it
  SlimFile of(String path, List<String> added) {
    SourceFile file = read(path);
    RequirementsText text = RequirementsText.decode(file.bytes());
    append(file);
    if (!added.isEmpty()) {
      endLine(out, "\n");
      added.forEach(line -> out.append(line).append('\n'));
    }
    checkHashes();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(file.bytes(), 0, text.mark());
    try {
      ByteBuffer encoded =
          text.charset().newEncoder().encode(java.nio.CharBuffer.wrap(out.toString()));
      bytes.write(encoded.array(), encoded.arrayOffset(), encoded.limit());
    } catch (CharacterCodingException e) {
      throw new DepslimException.InvalidInput(
          path + ": what it includes cannot be written as " + text.charset() + ": save it as UTF-8",
          e);
    }
    return new SlimFile(output, bytes.toByteArray(), path);
  }

  private void checkHashes() {
    if (hashes && unhashed != null) {
      throw new DepslimException.InvalidInput(
          unhashed
              + " has no hash and others have: pip wants one for every package; add it, or compile"
              + " the file again with hashes");
    }
    if (hashes && unchecked != null) {
      notes.add(
          output
              + " has hashes, and none can be had for "
              + unchecked
              + ": pip refuses such a file, as it does the original; uv takes it.");
    }
  }

  private SourceFile read(String path) {
    byte[] bytes = files.read(path);
    if (bytes == null) {
      throw new DepslimException.InvalidInput(path + ": the file is gone: run the command again");
    }
    return new SourceFile(path, bytes);
  }

  private void append(SourceFile file) {
    if (!open.add(file.path())) {
      throw new DepslimException.InvalidInput(
          file.path() + ": it includes itself: remove one of the -r lines");
    }
    included.add(file.path());
    RequirementsLines lines = RequirementsLines.of(plan, file, files);
    notes.addAll(lines.notes());
    complete &= lines.hasGraph();
    Map<Integer, RequirementsEntry> byLine = new HashMap<>();
    for (RequirementsEntry entry : lines.entries()) {
      if (!(entry instanceof RequirementsEntry.Problem)) {
        byLine.putIfAbsent(entry.line(), entry);
      }
    }
    RequirementsText text = RequirementsText.decode(file.bytes());
    List<String> physical = text.physicalLines();
    ViaEdit via = new ViaEdit(lines.goneNames());
    int next = 1;
    for (RequirementsText.Logical logical : text.logicalLines(Map.of())) {
      gap(physical, next, logical.line(), via);
      next = logical.last() + 1;
      RequirementsEntry entry = byLine.get(logical.line());
      List<String> raw = physical.subList(logical.line() - 1, logical.last());
      via.startsRequirement(false);
      switch (entry) {
        case RequirementsEntry.Package found -> {
          String reason = lines.leftOut(found.line());
          note(file.path(), found, lines.name(found), reason != null);
          via.startsRequirement(reason != null);
          if (reason == null) {
            raw.forEach(line -> out.append(via.requirementLine(line)));
          } else {
            out.append("# ").append(shortened(logical.text()));
            out.append("  # left out: ").append(reason).append(lineEnd(raw.getLast()));
          }
        }
        case RequirementsEntry.Include include -> include(include, raw);
        case RequirementsEntry.Options _, RequirementsEntry.Problem _ -> raw.forEach(out::append);
        case null -> raw.forEach(out::append);
      }
    }
    gap(physical, next, physical.size() + 1, via);
    open.remove(file.path());
  }

  private void gap(List<String> physical, int from, int to, ViaEdit via) {
    for (int number = from; number < to; number++) {
      String line = via.commentLine(physical.get(number - 1));
      if (line != null) {
        out.append(line);
      }
    }
  }

  private void note(String file, RequirementsEntry.Package found, String name, boolean leftOut) {
    String version = null;
    for (VersionSpecifier.Clause clause : found.specifier().clauses()) {
      Version parsed = Version.parse(clause.version());
      if (clause.operator().startsWith("==") && parsed != null) {
        version = parsed.toString();
      }
    }
    String fileName = found.url() == null ? "" : Archives.fileName(found.url());
    Archives.Wheel wheel = fileName.endsWith(".whl") ? Archives.wheel(fileName) : null;
    if (wheel != null) {
      version = wheel.version();
    }
    String path = found.path();
    Installed one = new Installed(name, version, null, found.marker() != null);
    if (leftOut) {
      removed.add(one);
      return;
    }
    boolean hashed = !found.options().all("hash").isEmpty();
    hashes |= hashed;
    if (!hashed && found.url() == null && path == null && unhashed == null) {
      unhashed = new dev.depslim.model.Location(file, found.line(), found.column()) + ": " + name;
    } else if (!hashed && unchecked == null) {
      unchecked = name;
    }
    if (path != null && !Archives.isArchive(path)) {
      notes.add(
          path.isEmpty()
              ? "The project itself is installed by a line of "
                  + output
                  + ": run pip in its folder."
              : "The folder " + path + " is not copied: run pip in the project's folder.");
      return;
    }
    complete &= version != null || found.url() != null;
    kept.add(one);
  }

  /// The requirement without its hashes and settings.
  private static String shortened(String text) {
    int options = text.startsWith("-") ? -1 : text.indexOf(" -");
    return Text.strip(options < 0 ? text : text.substring(0, options));
  }

  private void include(RequirementsEntry.Include include, List<String> raw) {
    String end = lineEnd(raw.getLast());
    if (include.constraint()) {
      constraint(include.path(), raw, end);
      return;
    }
    if (RequirementsFile.scope(include.path()) == Scope.DEV) {
      out.append("# -r ").append(include.path()).append("  # left out: for development");
      out.append(end);
      notes.add(include.path() + " is for development by its name and is left out.");
      return;
    }
    if (included.contains(include.path()) && !open.contains(include.path())) {
      out.append("# -r ").append(include.path()).append(" stands above").append(end);
      return;
    }
    out.append("# -r ").append(include.path()).append(":").append(end.isEmpty() ? "\n" : end);
    append(read(include.path()));
    endLine(out, end.isEmpty() ? "\n" : end);
  }

  private void constraint(String path, List<String> raw, String end) {
    String base = plan.path().equals(".") ? "" : plan.path() + "/";
    String name = path.startsWith(base) ? path.substring(base.length()) : "constraints/" + path;
    if (!constraints.containsKey(path)) {
      ConstraintCopy copy = new ConstraintCopy(files);
      constraints.put(path, new SlimFile(name, copy.of(path), path));
      notes.addAll(copy.notes());
    }
    String written = RequirementsOptions.parse(String.join("", raw).strip()).first("constraint");
    String wanted = relative(Paths.folder(output), name);
    if (raw.size() == 1 && written != null && wanted.equals(Paths.resolve("", written))) {
      raw.forEach(out::append);
    } else {
      out.append("-c ").append(wanted.indexOf(' ') < 0 ? wanted : '"' + wanted + '"').append(end);
    }
  }

  private static String relative(String folder, String target) {
    String from = folder.isEmpty() ? "" : folder + "/";
    StringBuilder up = new StringBuilder();
    while (!target.startsWith(from)) {
      up.append("../");
      String above = Paths.folder(from.substring(0, from.length() - 1));
      from = above.isEmpty() ? "" : above + "/";
    }
    return up + target.substring(from.length());
  }

  private static String lineEnd(String line) {
    return line.endsWith("\r\n") ? "\r\n" : line.endsWith("\n") ? "\n" : "";
  }

  private static void endLine(StringBuilder text, String end) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append(end);
    }
  }
}
