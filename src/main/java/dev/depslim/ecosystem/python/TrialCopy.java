package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.TrialInstall.Untried;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A requirement file as a trial takes it: lines for what pip would have to build are left out, and
/// an empty wheel stands for each such package whose version is known.
final class TrialCopy {
  private final ProjectPlan plan;
  private final ProjectFiles files;
  private final SlimFile file;
  private final Map<String, @Nullable String> versions;
  private final Map<String, Untried> untried = new TreeMap<>();
  private final Map<String, String> originals = new LinkedHashMap<>();
  private final Map<String, SlimFile> stubs = new TreeMap<>();
  private final List<SlimFile> made = new ArrayList<>();

  /// @param versions planned ones by normalised name
  /// @param without what cannot be tried although its line looks as if it could
  TrialCopy(
      ProjectPlan plan,
      ProjectFiles files,
      SlimFile file,
      Map<String, @Nullable String> versions,
      List<Untried> without) {
    this.plan = plan;
    this.files = files;
    this.file = file;
    this.versions = versions;
    without.forEach(one -> untried.put(one.name(), one));
    make();
  }

  /// What is left out, sorted.
  List<Untried> untried() {
    return List.copyOf(untried.values());
  }

  /// Wheels of the tree that the file names, by their places.
  Map<String, String> originals() {
    return originals;
  }

  /// The file, where it differs, and the empty wheels.
  List<SlimFile> made() {
    return made;
  }

  boolean hasStubs() {
    return !stubs.isEmpty();
  }

  private void make() {
    SourceFile source = new SourceFile(Paths.below(base(), file.name()), file.content());
    List<RequirementsEntry> entries = RequirementsParser.parse(source, files, Map.of());
    Map<Integer, RequirementsEntry> byLine = new HashMap<>();
    boolean hashes = false;
    for (RequirementsEntry entry : entries) {
      if (entry instanceof RequirementsEntry.Problem problem
          && problem.kind() != RequirementsEntry.Kind.NOT_INSTALLABLE_PATH) {
        continue;
      }
      byLine.putIfAbsent(entry.line(), entry);
      hashes |=
          entry instanceof RequirementsEntry.Package found
              && !found.options().all("hash").isEmpty();
    }
    untried.values().forEach(one -> stub(one.name(), one.version(), List.of()));
    RequirementsText text = RequirementsText.decode(file.content());
    List<String> physical = text.physicalLines();
    StringBuilder out = new StringBuilder();
    boolean changed = false;
    int next = 1;
    for (RequirementsText.Logical logical : text.logicalLines(Map.of())) {
      physical.subList(next - 1, logical.line() - 1).forEach(out::append);
      next = logical.last() + 1;
      String instead = instead(byLine.get(logical.line()), logical.text(), hashes);
      if (instead == null) {
        physical.subList(logical.line() - 1, logical.last()).forEach(out::append);
      } else {
        changed = true;
        out.append(instead).append('\n');
      }
    }
    physical.subList(next - 1, physical.size()).forEach(out::append);
    if (changed) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(file.content(), 0, text.mark());
      bytes.writeBytes(out.toString().getBytes(text.charset()));
      made.add(new SlimFile(file.name(), bytes.toByteArray(), file.replaces()));
    }
    made.addAll(stubs.values());
  }

  private String base() {
    return plan.path().equals(".") ? "" : plan.path();
  }

  /// The line in place of an entry; null where it stays.
  private @Nullable String instead(@Nullable RequirementsEntry entry, String text, boolean hashes) {
    return switch (entry) {
      case RequirementsEntry.Package found -> instead(found, hashes);
      case RequirementsEntry.Options options -> {
        List<String> built = options.options().all("no-binary");
        if (built.isEmpty()) {
          yield null;
        }
        untried.put(text, new Untried(text, null, "wheels are taken where there are some"));
        yield "# " + text;
      }
      case RequirementsEntry.Problem _ -> {
        untried.put(text, new Untried(text, null, "not a folder or archive of the slim form"));
        yield "# " + text;
      }
      case RequirementsEntry.Include _ -> null;
      case null -> null;
    };
  }

  private @Nullable String instead(RequirementsEntry.Package found, boolean hashes) {
    String path = found.path();
    String url = found.url();
    String written = found.name();
    String name = written == null ? null : Ecosystem.PYPI.normalize(written);
    String below = path == null ? null : below(path);
    if (path != null && path.endsWith(".whl") && below != null) {
      originals.put(below, path);
    } else if (path != null || found.editable()) {
      String place = path == null || path.equals(base()) ? "the project itself" : path;
      return without(
          name, place, "a folder or archive of your own, which pip builds", found, hashes);
    } else if (url != null && !Archives.fileName(url).endsWith(".whl")) {
      String guess = name == null ? Ecosystem.PYPI.normalize(Archives.guess(url)) : name;
      String what = url.startsWith("git+") ? "a repository" : "an archive of sources";
      return without(guess, guess, what + ", which pip builds", found, hashes);
    }
    SlimFile stub = name == null ? null : stubs.get(name);
    if (stub == null || name == null) {
      return null;
    }
    return line(name, found, stub, hashes);
  }

  /// A path seen from the project; null where it lies outside.
  private @Nullable String below(String path) {
    String base = base().isEmpty() ? "" : base() + "/";
    return path.startsWith(base) ? path.substring(base.length()) : null;
  }

  private String without(
      @Nullable String name,
      String place,
      String reason,
      RequirementsEntry.Package found,
      boolean hashes) {
    String version = name == null ? null : versions.get(name);
    String key = name == null ? place : name;
    untried.put(key, new Untried(key, version, reason));
    if (name == null || version == null) {
      return "# " + place;
    }
    SlimFile stub = stub(name, version, found.extras());
    return stub == null ? "# " + place : line(name, found, stub, hashes);
  }

  private @Nullable SlimFile stub(String name, @Nullable String version, List<String> extras) {
    return version == null
        ? null
        : stubs.computeIfAbsent(name, _ -> StubWheel.of(name, version, extras));
  }

  private static String line(
      String name, RequirementsEntry.Package found, SlimFile stub, boolean hashes) {
    StringBuilder out = new StringBuilder(name);
    if (!found.extras().isEmpty()) {
      out.append('[').append(String.join(",", found.extras())).append(']');
    }
    out.append(found.specifier());
    if (found.markerText() != null) {
      out.append(" ; ").append(found.markerText());
    }
    if (hashes) {
      out.append(" --hash=").append(StubWheel.hash(stub));
    }
    return out.toString();
  }
}
