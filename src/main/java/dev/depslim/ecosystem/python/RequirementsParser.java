package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.python.RequirementsEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one requirement file line by line, as pip does; it does not follow `-r`.
final class RequirementsParser {
  private static final RequirementsOptions NO_OPTIONS =
      new RequirementsOptions(Map.of(), List.of(), null);

  private final SourceFile file;
  private final ProjectFiles files;
  private final Map<String, String> environment;
  private final List<RequirementsEntry> out = new ArrayList<>();

  private RequirementsParser(SourceFile file, ProjectFiles files, Map<String, String> environment) {
    this.file = file;
    this.files = files;
    this.environment = environment;
  }

  /// The entries in the order of the file.
  ///
  /// @param environment values of `${NAME}`
  static List<RequirementsEntry> parse(
      SourceFile file, ProjectFiles files, Map<String, String> environment) {
    RequirementsParser parser = new RequirementsParser(file, files, environment);
    parser.run();
    return parser.out;
  }

  private void run() {
    RequirementsText text = RequirementsText.decode(file.bytes());
    RequirementsText.Problem problem = text.problem();
    if (problem != null) {
      out.add(
          new RequirementsEntry.Problem(
              problem.line(), problem.column(), Kind.ENCODING, problem.message()));
    }
    for (RequirementsText.Logical line : text.logicalLines(environment)) {
      line(line);
    }
  }

  private void line(RequirementsText.Logical line) {
    String text = line.text();
    if (isConflictMarker(text)) {
      problem(line, 0, Kind.INVALID_REQUIREMENT, "a merge conflict marker: resolve the conflict");
      return;
    }
    int split = optionsStart(text);
    String requirement = Text.strip(text.substring(0, split));
    if (split == text.length()) {
      requirement(line, requirement, NO_OPTIONS, false);
      return;
    }
    RequirementsOptions options = RequirementsOptions.parse(text.substring(split));
    if (options.problem() != null) {
      problem(line, split, Kind.OPTION, options.problem());
    }
    if (!requirement.isEmpty()) {
      sayWhatIsIgnored(line, split, requirement, options);
      requirement(line, requirement, options, false);
      return;
    }
    String editable = options.first("editable");
    if (editable != null) {
      sayWhatIsLeft(line, split, options);
      requirement(line, editable, options, true);
      return;
    }
    options(line, options);
  }

  /// `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`.
  private static boolean isConflictMarker(String text) {
    return text.startsWith("<<<<<<<")
        || text.startsWith("|||||||")
        || text.startsWith("=======")
        || text.startsWith(">>>>>>>");
  }

  /// Options begin at the first word, split at spaces only, that begins with `-`.
  private static int optionsStart(String text) {
    if (text.startsWith("-")) {
      return 0;
    }
    int at = text.indexOf(" -");
    return at < 0 ? text.length() : at + 1;
  }

  private void sayWhatIsIgnored(
      RequirementsText.Logical line, int at, String requirement, RequirementsOptions options) {
    if (!options.rest().isEmpty()) {
      problem(
          line,
          at,
          Kind.IGNORED,
          "pip reads this as '"
              + requirement
              + "' and ignores '"
              + line.text().substring(at)
              + "': write a name without spaces, and one requirement a line");
    }
    for (String name : options.values().keySet()) {
      if (!name.equals("hash") && !name.equals("config-settings")) {
        problem(
            line,
            at,
            Kind.IGNORED,
            "pip ignores --" + name + " behind a requirement: write it in a line of its own");
      }
    }
  }

  private void sayWhatIsLeft(RequirementsText.Logical line, int at, RequirementsOptions options) {
    if (!options.rest().isEmpty()) {
      problem(
          line,
          at,
          Kind.IGNORED,
          "pip ignores '"
              + String.join(" ", options.rest())
              + "' behind the option: write it in a line of its own");
    }
  }

  private void options(RequirementsText.Logical line, RequirementsOptions options) {
    sayWhatIsLeft(line, 0, options);
    List<String> includes = options.all("requirement");
    List<String> constraints = options.all("constraint");
    if (includes.size() + constraints.size() > 1) {
      problem(
          line,
          0,
          Kind.IGNORED,
          "pip follows only the first -r or -c of a line: write each in a line of its own");
    }
    if (!includes.isEmpty()) {
      include(line, includes.getFirst(), false);
    } else if (!constraints.isEmpty()) {
      include(line, constraints.getFirst(), true);
    } else if (options.problem() == null || !options.values().isEmpty()) {
      out.add(new RequirementsEntry.Options(line.line(), line.column(), options));
    }
  }

  private void include(RequirementsText.Logical line, String target, boolean constraint) {
    String what = constraint ? "constraint file" : "requirement file";
    if (RequirementLine.isUrl(target)) {
      problem(
          line,
          0,
          Kind.OUTSIDE,
          "the " + what + " " + target + " is not fetched: keep a copy here");
      return;
    }
    String path = Paths.resolve(file.folder(), target);
    if (path == null) {
      problem(
          line,
          0,
          Kind.OUTSIDE,
          "the "
              + what
              + " "
              + target
              + " lies outside of the analysed folder: analyse a folder"
              + " that holds both");
      return;
    }
    if (!files.exists(path)) {
      problem(
          line,
          0,
          constraint ? Kind.MISSING_CONSTRAINT_FILE : Kind.MISSING_FILE,
          "the " + what + " " + path + " does not exist: correct the path or remove the line");
      return;
    }
    out.add(new RequirementsEntry.Include(line.line(), line.column(), path, constraint));
  }

  private void requirement(
      RequirementsText.Logical line, String text, RequirementsOptions options, boolean editable) {
    RequirementLine reader =
        new RequirementLine(file, files, line.line(), line.column(), options, editable);
    RequirementLine.@Nullable Failure failure = reader.read(text);
    if (failure != null) {
      problem(line, editable ? 0 : failure.offset(), failure.kind(), failure.message());
    }
    RequirementsEntry.@Nullable Package found = reader.found();
    if (found != null) {
      out.add(found);
    }
  }

  private void problem(RequirementsText.Logical line, int offset, Kind kind, String message) {
    int column = line.exact() ? line.column() + offset : line.column();
    out.add(new RequirementsEntry.Problem(line.line(), column, kind, message));
  }
}
