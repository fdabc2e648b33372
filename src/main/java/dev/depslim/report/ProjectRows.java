package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Project;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The projects of a tree, one row each.
final class ProjectRows {
  private static final int SCREEN = 8;
  private static final int LONGEST_FILES = 30;

  private ProjectRows() {}

  static void write(Page page, Analysis analysis) {
    List<Project> projects = analysis.projects();
    int shown = page.style().shown(projects.size(), SCREEN);
    List<Project> rows = projects;
    if (shown < projects.size()) {
      List<Project> largest = new ArrayList<>(projects);
      largest.sort(
          Comparator.comparingInt((Project p) -> -p.resolved().size())
              .thenComparingInt(p -> -p.dependencies().size()));
      List<Project> first = largest.subList(0, shown);
      rows = projects.stream().filter(first::contains).toList();
    }
    Table table =
        new Table(2)
            .column(Table.Kind.LEFT)
            .column(Table.Kind.LEFT, "project")
            .column(Table.Kind.RIGHT, "declared")
            .column(Table.Kind.RIGHT, "resolved")
            .column(Table.Kind.TEXT, "lock file");
    for (Project project : rows) {
      boolean locked = !project.lockfiles().isEmpty();
      table.row(
          Cell.dim(project.ecosystem().id()),
          Cell.of(files(project)),
          Cell.of(Words.number(project.dependencies().size())),
          Cell.of(locked ? Words.number(project.resolved().size()) : "–"),
          Cell.of(lock(project)));
    }
    page.blank();
    page.table(table);
    page.more(projects.size() - shown, "project", "");
    int unresolved = analysis.summary().unresolvedProjects();
    if (unresolved > 0) {
      page.prose(
          2,
          "no lock: what the dependencies of "
              + Words.count(unresolved, "project")
              + " bring is not known");
    }
  }

  private static String files(Project project) {
    List<String> paths = project.manifests().stream().map(Project.ManifestFile::path).toList();
    if (paths.isEmpty()) {
      return project.lockfiles().isEmpty()
          ? project.path()
          : project.lockfiles().getFirst().path() + " alone";
    }
    String all = String.join(", ", paths);
    return paths.size() == 1 || all.length() <= LONGEST_FILES
        ? all
        : paths.getFirst() + " +" + (paths.size() - 1);
  }

  private static String lock(Project project) {
    List<String> locks = new ArrayList<>();
    for (Project.LockfileFile lock : project.lockfiles()) {
      String name = lock.path().substring(lock.path().lastIndexOf('/') + 1);
      String version = lock.format() == null ? "" : " v" + lock.format();
      locks.add((name.equals(lock.kind()) ? name : name + " (" + lock.kind() + ")") + version);
    }
    if (!locks.isEmpty()) {
      return String.join(", ", locks);
    }
    boolean member = project.dependencies().stream().anyMatch(d -> d.version() != null);
    return member ? "workspace lock" : "no lock";
  }
}
