package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Classification;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Explanation;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Why a package is here, who needs it, what it costs and which rule classified it, for people.
public final class ExplainText {
  private static final int FEW = 5;

  private final TextStyle style;

  public ExplainText(TextStyle style) {
    this.style = style;
  }

  /// The report on all packages of an analysis that was cut to one name.
  public String write(Analysis cut) {
    return write(cut, _ -> true);
  }

  /// The report on the packages of a name, with the chains that lead to them from declarations.
  ///
  /// @param whole the analysis of everything
  /// @param name of the package, or the name it is declared by; any spelling of its ecosystem
  public String write(Analysis whole, String name) {
    return write(
        whole,
        one -> one.ecosystem().normalize(one.name()).equals(one.ecosystem().normalize(name)));
  }

  private String write(Analysis whole, Predicate<PackageName> asked) {
    Page page = new Page(style);
    boolean any = false;
    for (Project project : whole.projects()) {
      List<ResolvedPackage> locked = new ArrayList<>();
      for (ResolvedPackage row : project.resolved()) {
        if (asked.test(new PackageName(row.ecosystem(), row.name()))) {
          locked.add(row);
        }
      }
      for (Dependency dependency : project.dependencies()) {
        if (asked.test(new PackageName(dependency.ecosystem(), dependency.name()))
            || asked.test(new PackageName(dependency.ecosystem(), dependency.packageName()))) {
          declared(page, whole, project, dependency);
          locked.removeIf(row -> isSame(row, dependency));
          any = true;
        }
      }
      for (ResolvedPackage row : locked) {
        transitive(page, whole, project, row);
        any = true;
      }
    }
    for (Explanation one : whole.explanations()) {
      if (asked.test(new PackageName(one.ecosystem(), one.name())) && isOnlyInstalled(whole, one)) {
        installed(page, whole, one);
        any = true;
      }
    }
    for (ImageReport image : whole.images()) {
      for (ImageReport.PackageRow row : image.packages()) {
        if (asked.test(new PackageName(row.ecosystem(), row.name()))) {
          inImage(page, image, row);
          any = true;
        }
      }
    }
    findings(page, whole, asked);
    if (!any) {
      page.line("No project and no image holds this package.");
    }
    return page.text();
  }

  private record PackageName(dev.depslim.model.Ecosystem ecosystem, String name) {}

  private static boolean isSame(ResolvedPackage row, Dependency dependency) {
    return row.ecosystem()
            .normalize(row.name())
            .equals(row.ecosystem().normalize(dependency.packageName()))
        && row.direct()
        && (dependency.version() == null || dependency.version().equals(row.version()));
  }

  /// Whether no lock has the package and nothing declares it: it lies beside a project that has no
  /// lock.
  private static boolean isOnlyInstalled(Analysis whole, Explanation one) {
    for (Project project : whole.projects()) {
      boolean locked =
          project.lockfiles().stream().anyMatch(lock -> lock.path().equals(one.lockfile()));
      boolean declared =
          project.dependencies().stream()
              .anyMatch(dependency -> one.equals(explanation(whole, dependency)));
      if (locked || declared) {
        return false;
      }
    }
    return true;
  }

  private static void installed(Page page, Analysis whole, Explanation one) {
    page.blank();
    page.head(
        one.name() + (one.version() == null ? "" : " " + one.version()),
        one.ecosystem().id() + ", installed in " + one.lockfile() + ", declared nowhere here");
    why(page, facts(), whole, one, "nothing that is declared");
  }

  private static Table facts() {
    return new Table(2).columns(Table.Kind.LEFT, Table.Kind.WRAPPED);
  }

  private static void fact(Table table, String label, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      table.row(Cell.dim(i == 0 ? label : ""), Cell.of(texts.get(i)));
    }
  }

  private static void declared(Page page, Analysis whole, Project project, Dependency dependency) {
    page.blank();
    String version = dependency.version();
    String alias =
        dependency.name().equals(dependency.packageName())
            ? ""
            : " (the package " + dependency.packageName() + ")";
    page.head(
        dependency.name() + (version == null ? "" : " " + version),
        project.ecosystem().id() + alias + ", " + place(project));
    Table table = facts();
    List<String> lines = new ArrayList<>();
    for (DeclaredDependency declaration : dependency.declarations()) {
      lines.add(
          Where.line(declaration.location())
              + ": "
              + declaration.scope().id()
              + (declaration.group() == null ? "" : ", " + declaration.group())
              + (declaration.constraint().isEmpty()
                  ? ", any version"
                  : ", asks for " + declaration.constraint())
              + (declaration.marker() == null ? "" : ", if " + declaration.marker()));
    }
    fact(table, "declared", lines);
    fact(
        table,
        "version",
        List.of(version == null ? "unknown: no lock file resolves it" : version + ", by the lock"));
    fact(table, "category", classification(dependency.classification()));
    fact(table, "used", List.of(usage(dependency.usage())));
    Explanation explanation = explanation(whole, dependency);
    fact(table, "size", ExplainCosts.declared(dependency, explanation));
    fact(
        table,
        "verdict",
        List.of(
            dependency.verdict().action().id()
                + " ("
                + dependency.verdict().confidence().id()
                + ")"));
    fact(table, "", dependency.verdict().reasons());
    page.table(table);
    if (explanation != null) {
      new WhyTree(whole, explanation).write(page);
      ExplainCosts.going(page, explanation);
    }
  }

  private static void transitive(Page page, Analysis whole, Project project, ResolvedPackage row) {
    page.blank();
    page.head(
        row.name() + (row.version() == null ? "" : " " + row.version()),
        project.ecosystem().id() + ", " + place(project));
    Table table = facts();
    String lock = row.line() == 0 ? row.lockfile() : row.lockfile() + ":" + row.line();
    fact(
        table,
        "locked",
        List.of(
            lock
                + ": "
                + row.scope().id()
                + (row.direct() ? ", declared" : ", declared nowhere here")
                + (row.inProduction() ? ", part of production" : ", not part of production")));
    fact(table, "category", classification(row.classification()));
    Explanation explanation = explanation(whole, row.lockfile(), row.name(), row.version());
    if (explanation == null) {
      page.table(table);
      return;
    }
    why(page, table, whole, explanation, "nothing that is declared: a left-over of the lock");
  }

  private static void why(
      Page page, Table table, Analysis whole, Explanation explanation, String withoutDeclaration) {
    WhyTree tree = new WhyTree(whole, explanation);
    fact(table, "size", ExplainCosts.locked(explanation));
    int few = page.style().all() ? Integer.MAX_VALUE : FEW;
    List<String> declarations = tree.declarations();
    fact(
        table,
        "brought by",
        declarations.isEmpty()
            ? List.of(withoutDeclaration)
            : List.of(
                Words.few(declarations, few)
                    + (declarations.size() == 1 ? "" : ": it goes when all of them go")));
    page.table(table);
    tree.write(page);
    ExplainCosts.going(page, explanation);
  }

  private static @Nullable Explanation explanation(Analysis whole, Dependency dependency) {
    for (Explanation one : whole.explanations()) {
      if (one.ecosystem() == dependency.ecosystem()
          && one.ecosystem()
              .normalize(one.name())
              .equals(one.ecosystem().normalize(dependency.packageName()))
          && (dependency.version() == null || dependency.version().equals(one.version()))) {
        return one;
      }
    }
    return null;
  }

  private static @Nullable Explanation explanation(
      Analysis whole, String lockfile, String name, @Nullable String version) {
    for (Explanation one : whole.explanations()) {
      if (one.lockfile().equals(lockfile)
          && one.name().equals(name)
          && Objects.equals(one.version(), version)) {
        return one;
      }
    }
    return null;
  }

  private static String place(Project project) {
    return project.path().equals(".") ? "the project here" : "project " + project.path();
  }

  private static List<String> classification(Classification classification) {
    String how =
        classification.rule() == null
            ? ", known by no rule ("
            : " by rule " + classification.rule() + " (";
    return List.of(
        classification.label() + how + classification.confidence().id() + ")",
        classification.reason());
  }

  private static String usage(Usage usage) {
    return switch (usage) {
      case Usage.Imported imported ->
          (imported.runtime() ? "imported: " : "imported for types only: ")
              + sites(imported.sites());
      case Usage.Referenced referenced -> "referenced: " + sites(referenced.sites());
      case Usage.NotSeen notSeen -> "not seen in " + notSeen.searched();
      case Usage.Undetermined undetermined -> "not known: " + undetermined.reason();
    };
  }

  private static String sites(List<Usage.Site> sites) {
    List<String> texts =
        sites.stream()
            .map(
                site -> Where.line(site.location()) + " (" + site.role() + ", " + site.kind() + ")")
            .toList();
    return Words.few(texts, FEW);
  }

  private static void inImage(Page page, ImageReport image, ImageReport.PackageRow row) {
    page.blank();
    page.head(
        row.name() + (row.version() == null ? "" : " " + row.version()),
        row.ecosystem().id() + ", image " + image.reference());
    Table table = facts();
    fact(table, "installed", List.of(row.path()));
    fact(table, "category", classification(row.classification()));
    List<String> layers =
        row.layers().stream()
            .map(layer -> "layer " + layer.index() + ": " + Bytes.text(layer.bytes()))
            .toList();
    fact(
        table,
        "size",
        List.of(
            Bytes.text(row.bytes())
                + " stored in "
                + Words.count(row.files(), "file")
                + (layers.isEmpty() ? "" : " (" + String.join(", ", layers) + ")"),
            "removing it frees "
                + Bytes.text(row.retainedBytes())
                + (row.keptBy() == null ? "" : ", for " + row.keptBy() + " needs it")));
    page.table(table);
  }

  private static void findings(Page page, Analysis whole, Predicate<PackageName> asked) {
    List<Finding> about = new ArrayList<>();
    for (Finding finding : whole.findings()) {
      Finding.PackageRef ref = finding.about();
      if (ref != null && asked.test(new PackageName(ref.ecosystem(), ref.name()))) {
        about.add(finding);
      }
    }
    if (about.isEmpty()) {
      return;
    }
    page.section("findings");
    Table table = new Table(2).columns(Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    for (Finding finding : about) {
      table.row(
          new Cell(finding.severity().id(), FindingRows.tone(finding.severity())),
          Cell.of(Where.line(finding.location())),
          Cell.of(finding.message() + " (" + finding.rule() + ")"));
    }
    page.table(table);
  }
}
