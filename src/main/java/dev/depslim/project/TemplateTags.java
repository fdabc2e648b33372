package dev.depslim.project;

import dev.depslim.model.Issue;
import dev.depslim.model.Manifest;
import dev.depslim.model.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Manifests that a generator fills in, such as those of Cookiecutter, Copier and Yeoman.
///
/// The tags of the template language (`{{`, `{%`, `<%`) are no part of the format, and the file is
/// not what anybody installs from: what stands beside the tags is read, and one warning says that
/// they were left out.
final class TemplateTags {
  private static final List<String> OPENERS = List.of("{%", "{{", "<%", "{#");

  private TemplateTags() {}

  /// The manifest with one warning in place of all errors that stand in tags.
  static Manifest noted(Manifest manifest, byte[] content) {
    List<Issue> kept = new ArrayList<>();
    List<Issue> inTags = new ArrayList<>();
    List<String> lines = List.of();
    boolean toml = manifest.path().endsWith(".toml");
    for (Issue issue : manifest.issues()) {
      boolean here =
          issue.severity() == Severity.ERROR && issue.location().path().equals(manifest.path());
      if (here && lines.isEmpty()) {
        lines = new String(content, StandardCharsets.UTF_8).lines().toList();
      }
      int line = issue.location().line();
      // to TOML a comment of the template is an open brace and a comment of its own
      boolean tag = here && (hasTag(lines, line) || toml && isComment(lines, line - 1));
      (tag ? inTags : kept).add(issue);
    }
    if (inTags.isEmpty()) {
      return manifest;
    }
    inTags.sort(null);
    kept.add(warning(inTags));
    kept.sort(null);
    return new Manifest(
        manifest.path(),
        manifest.ecosystem(),
        manifest.kind(),
        manifest.name(),
        manifest.dependencies(),
        manifest.includes(),
        manifest.constraints(),
        manifest.workspaces(),
        kept);
  }

  private static Issue warning(List<Issue> inTags) {
    int more = inTags.size() - 1;
    return Issue.warning(
        inTags.getFirst().location(),
        "this file is a template: what stands beside its tags is read; "
            + inTags.getFirst().message()
            + (more == 0 ? "" : more == 1 ? "; and 1 more tag" : "; and " + more + " more tags"));
  }

  private static boolean hasTag(List<String> lines, int line) {
    if (line < 1 || line > lines.size()) {
      return false;
    }
    String text = lines.get(line - 1);
    return OPENERS.stream().anyMatch(text::contains);
  }

  private static boolean isComment(List<String> lines, int line) {
    return line >= 1 && line <= lines.size() && lines.get(line - 1).strip().startsWith("{#");
  }
}
