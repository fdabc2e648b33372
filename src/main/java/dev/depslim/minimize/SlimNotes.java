package dev.depslim.minimize;

import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimMark;
import dev.depslim.model.Minimization.Result;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The `MINIMIZE.md` of a written folder: what was done, what it saves, how to use it, how to go
/// back. It names no date and no absolute path, so that the same plan gives the same bytes.
final class SlimNotes {
  private final StringBuilder out = new StringBuilder();
  private final @Nullable String prefix;

  /// @param prefix where the folder lies in the analysed tree, such as `slim/`; null where it lies
  ///   outside
  private SlimNotes(@Nullable String prefix) {
    this.prefix = prefix;
  }

  /// The text for the projects of one folder, each with its result.
  static String text(Map<SlimForms.Made, Result> projects, @Nullable String prefix) {
    SlimNotes notes = new SlimNotes(prefix);
    notes.line(mark(projects.keySet()));
    notes.line("# Slim dependencies");
    notes.line("");
    notes.line(
        "Written by `depslim minimize`; a later run writes it anew. Nothing else was changed: the"
            + " originals are where they were.");
    projects.forEach(notes::project);
    notes.line("");
    notes.line("Go back: delete these files, and use the originals again.");
    return notes.out.toString();
  }

  private static String mark(Set<SlimForms.Made> projects) {
    List<String> own = new ArrayList<>();
    List<String> likeOriginals = new ArrayList<>();
    for (SlimForms.Made made : projects) {
      for (SlimForm.SlimFile file : made.form().files()) {
        String replaces = file.replaces();
        boolean sameName =
            replaces != null && ("/" + replaces).endsWith("/" + lastPart(file.name()));
        (sameName ? likeOriginals : own).add(file.name());
      }
    }
    return new SlimMark(own, likeOriginals).line();
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void project(SlimForms.Made made, Result result) {
    line("");
    line("## " + (made.plan().ecosystem().id().equals("npm") ? "npm" : "Python"));
    line("");
    line("| file | takes the place of |");
    line("| --- | --- |");
    for (SlimForm.SlimFile file : made.form().files()) {
      line("| " + code(file.name()) + " | " + replaced(file) + " |");
    }
    line("");
    line(counts(made, result));
    names("Left out of production", made, Decision::drops, true);
    names(
        "Not declared for production anyway",
        made,
        decision -> decision.drops() && !decision.dependency().inProduction(),
        false);
    names(
        "Kept, to be reviewed",
        made,
        decision -> decision.verdict().action() == Verdict.Action.REVIEW,
        false);
    for (String note : made.form().notes()) {
      line("");
      line(note);
    }
    use(made, result);
  }

  private static String replaced(SlimForm.SlimFile file) {
    String replaces = file.replaces();
    return replaces == null ? "nothing, it is new" : code(replaces);
  }

  private static String counts(SlimForms.Made made, Result result) {
    long goes = made.plan().decisions().stream().filter(Decision::drops).count();
    String text =
        goes + " of " + made.plan().decisions().size() + " declared packages are left out.";
    Integer packages = result.packages();
    if (packages == null) {
      return text + " No lock says what a production install brings.";
    }
    text += " A production install brings " + count(packages) + ", ";
    text +=
        result.removed().isEmpty() ? "as before." : result.removed().size() + " fewer than before";
    Long bytes = result.saved().bytes();
    return result.removed().isEmpty()
        ? text
        : bytes == null
            ? text + "."
            : text + String.format(Locale.ROOT, " (%.1f MB).", bytes / 1e6);
  }

  private static String count(int packages) {
    return packages == 1 ? "1 package" : packages + " packages";
  }

  /// Names with their reasons, or in one line.
  private void names(
      String title, SlimForms.Made made, Predicate<Decision> wanted, boolean reasons) {
    List<Decision> decisions =
        made.plan().decisions().stream()
            .filter(wanted)
            .filter(decision -> !reasons || decision.dependency().inProduction())
            .toList();
    if (decisions.isEmpty()) {
      return;
    }
    line("");
    if (!reasons) {
      List<String> names = decisions.stream().map(it -> code(it.dependency().name())).toList();
      line(title + ": " + String.join(", ", names) + ".");
      return;
    }
    line(title + ":");
    line("");
    for (Decision decision : decisions) {
      line(
          "- "
              + code(decision.dependency().name())
              + ": "
              + decision.dependency().classification().category().id()
              + ", "
              + decision.dependency().classification().reason());
    }
  }

  private void use(SlimForms.Made made, Result result) {
    if (result.commands().isEmpty()) {
      return;
    }
    line("");
    line(
        prefix == null
            ? "Use it: copy the files into the build context, and in the Dockerfile"
            : "Use it in the Dockerfile");
    line("");
    line("```dockerfile");
    copies(made).forEach(copy -> line("COPY " + copy));
    result.commands().forEach(command -> line("RUN " + command));
    line("```");
  }

  /// Sources and target of each COPY: what keeps its name goes together, for one COPY with several
  /// sources flattens them into one folder.
  private List<String> copies(SlimForms.Made made) {
    Map<String, List<String>> byTarget = new LinkedHashMap<>();
    for (SlimForm.SlimFile file : made.form().files()) {
      String target = "./" + file.usedAs();
      if (file.name().equals(file.usedAs())) {
        target = target.substring(0, target.lastIndexOf('/') + 1);
      }
      byTarget
          .computeIfAbsent(target, _ -> new ArrayList<>())
          .add((prefix == null ? "" : prefix) + file.name());
    }
    List<String> copies = new ArrayList<>();
    byTarget.forEach((target, sources) -> copies.add(String.join(" ", sources) + " " + target));
    return copies;
  }

  private static String code(String text) {
    return "`" + text.replace('`', '\'') + "`";
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
