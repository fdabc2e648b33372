package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Dependency;
import dev.depslim.model.Explanation;
import dev.depslim.model.Explanation.Item;
import dev.depslim.model.Explanation.Way;
import dev.depslim.model.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ways to a package as a tree that grows from the package to what declares it.
final class WhyTree {
  private static final int SCREEN = 5;

  private final Analysis analysis;
  private final Explanation explanation;

  WhyTree(Analysis analysis, Explanation explanation) {
    this.analysis = analysis;
    this.explanation = explanation;
  }

  private static final class Branch {
    final Map<String, Branch> branches = new LinkedHashMap<>();
  }

  /// Writes the tree below a title, the shortest ways first.
  void write(Page page) {
    List<Way> ways = explanation.ways();
    if (ways.isEmpty()) {
      return;
    }
    page.blank();
    page.prose(2, "why it is here", Tone.DIM);
    int shown = page.style().shown(ways.size(), SCREEN);
    Branch root = new Branch();
    for (Way way : ways.subList(0, shown)) {
      Branch at = root;
      for (Item item : way.packages().subList(0, way.packages().size() - 1).reversed()) {
        at = at.branches.computeIfAbsent(label(item), _ -> new Branch());
      }
      at.branches.computeIfAbsent(declaration(way), _ -> new Branch());
    }
    page.line("  " + Words.clean(label(ways.getFirst().packages().getLast())));
    branches(page, root, "  ");
    page.more(ways.size() - shown, "way", "");
  }

  private static void branches(Page page, Branch at, String indent) {
    int left = at.branches.size();
    for (Map.Entry<String, Branch> entry : at.branches.entrySet()) {
      left--;
      page.line(indent + (left == 0 ? "└─ " : "├─ ") + Words.clean(entry.getKey()));
      branches(page, entry.getValue(), indent + (left == 0 ? "   " : "│  "));
    }
  }

  private static String label(Item item) {
    return item.version() == null ? item.name() : item.name() + " " + item.version();
  }

  /// Such as `package.json:39: puppeteer ^22.0.0, dev`.
  private String declaration(Way way) {
    Dependency dependency = declared(way);
    if (dependency == null) {
      String place = way.project().equals(".") ? "the project here" : "project " + way.project();
      return place + ": " + way.declared() + ", by its lock";
    }
    var declaration =
        dependency.declarations().stream()
            .filter(one -> one.inProduction() == way.production())
            .findFirst()
            .orElse(dependency.mainDeclaration());
    return Where.line(declaration.location())
        + ": "
        + dependency.name()
        + (declaration.constraint().isEmpty() ? "" : " " + declaration.constraint())
        + ", "
        + declaration.scope().id();
  }

  private @Nullable Dependency declared(Way way) {
    for (Project project : analysis.projects()) {
      if (project.path().equals(way.project()) && project.ecosystem() == explanation.ecosystem()) {
        for (Dependency dependency : project.dependencies()) {
          if (project
              .ecosystem()
              .normalize(dependency.name())
              .equals(project.ecosystem().normalize(way.declared()))) {
            return dependency;
          }
        }
      }
    }
    return null;
  }

  /// The declarations that bring it, such as `a and b`: it goes when all of them do.
  List<String> declarations() {
    List<String> names = new ArrayList<>();
    for (Way way : explanation.ways()) {
      if (!names.contains(way.declared())) {
        names.add(way.declared());
      }
    }
    return names;
  }
}
