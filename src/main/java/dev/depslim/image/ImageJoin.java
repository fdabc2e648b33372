package dev.depslim.image;

import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.ImageReport.PackageRow;
import dev.depslim.model.Location;
import dev.depslim.model.Origin;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Joins what projects declare with what images really hold. Pure.
public final class ImageJoin {
  /// What the join gives.
  ///
  /// @param projects with the real bytes of the dependencies that lie in an image
  /// @param findings `not-in-image` and `undeclared-in-image`
  public record Joined(List<Project> projects, List<Finding> findings) {
    public Joined {
      projects = List.copyOf(projects);
      findings = List.copyOf(findings);
    }
  }

  private final List<Project> projects;
  private final List<ImageReport> images;

  /// Of each image the rows by ecosystem and normalized name; only what is installed and no base
  /// tool.
  private final List<Map<String, List<PackageRow>>> rows = new ArrayList<>();

  private ImageJoin(List<Project> projects, List<ImageReport> images) {
    this.projects = projects;
    this.images = images;
    for (ImageReport image : images) {
      Map<String, List<PackageRow>> byName = new HashMap<>();
      rows.add(byName);
      for (PackageRow row : image.packages()) {
        if (!row.removed() && !row.baseTool()) {
          byName.computeIfAbsent(key(row.ecosystem(), row.name()), _ -> new ArrayList<>()).add(row);
        }
      }
    }
  }

  /// Joins projects with the images that are made of them.
  public static Joined join(List<Project> projects, List<ImageReport> images) {
    ImageJoin join = new ImageJoin(projects, images);
    List<Finding> findings = new ArrayList<>();
    List<Project> measured = new ArrayList<>();
    for (Project project : projects) {
      measured.add(join.measure(project));
      join.addMissing(project, findings);
    }
    for (ImageReport image : images) {
      join.addUndeclared(image, findings);
    }
    return new Joined(measured, findings);
  }

  private static String key(Ecosystem ecosystem, String name) {
    return ecosystem.id() + "/" + ecosystem.normalize(name);
  }

  private Project measure(Project project) {
    return project.with(
        project.dependencies().stream().map(this::measure).toList(), project.resolved());
  }

  private Dependency measure(Dependency it) {
    List<PackageRow> found = installed(it);
    if (found.isEmpty()) {
      return it;
    }
    long own = found.stream().mapToLong(PackageRow::liveBytes).sum();
    long retained = found.stream().mapToLong(PackageRow::retainedBytes).sum();
    return it.withSize(new Size.Measured(own, retained, Size.Basis.IMAGE));
  }

  /// The rows that a declaration means, in the first image that has any.
  private List<PackageRow> installed(Dependency dependency) {
    String key = key(dependency.ecosystem(), dependency.packageName());
    for (Map<String, List<PackageRow>> image : rows) {
      List<PackageRow> all = image.getOrDefault(key, List.of());
      if (!all.isEmpty()) {
        return meant(dependency, all);
      }
    }
    return List.of();
  }

  /// Those that were asked for by name, of the locked version, as far as there are any.
  private static List<PackageRow> meant(Dependency dependency, List<PackageRow> all) {
    String version = dependency.version();
    List<PackageRow> same =
        all.stream().filter(row -> version != null && version.equals(row.version())).toList();
    List<PackageRow> candidates = same.isEmpty() ? all : same;
    List<PackageRow> direct =
        candidates.stream().filter(row -> Boolean.TRUE.equals(row.direct())).toList();
    return direct.isEmpty() ? candidates : direct;
  }

  /// A project of which nothing is in any image is not a part of them; nothing is said of it.
  private void addMissing(Project project, List<Finding> findings) {
    List<Dependency> expected =
        project.dependencies().stream().filter(ImageJoin::mustBeInstalled).toList();
    if (expected.stream().allMatch(it -> installed(it).isEmpty())) {
      return;
    }
    for (Dependency it : expected) {
      if (installed(it).isEmpty()) {
        Location at = it.mainDeclaration().location();
        findings.add(
            new Finding(
                "not-in-image",
                Severity.WARNING,
                Confidence.LIKELY,
                it.name(),
                new Finding.PackageRef(
                    it.ecosystem(),
                    it.packageName(),
                    it.version(),
                    it.classification(),
                    null,
                    null),
                at,
                it.packageName()
                    + " is declared for production and is not in the image; install it there, or"
                    + " remove the declaration if it is bundled or not needed",
                null,
                List.of("looked for in " + references())));
      }
    }
  }

  private String references() {
    return String.join(", ", images.stream().map(ImageReport::reference).toList());
  }

  /// Optional and peer dependencies, those with a marker and those that are no registry packages
  /// may be absent with good reason.
  private static boolean mustBeInstalled(Dependency dependency) {
    for (DeclaredDependency it : dependency.declarations()) {
      if (it.scope() == Scope.RUNTIME && it.marker() == null && it.origin() == Origin.REGISTRY) {
        return true;
      }
    }
    return false;
  }

  private void addUndeclared(ImageReport image, List<Finding> findings) {
    for (Ecosystem ecosystem : List.of(Ecosystem.NPM, Ecosystem.PYPI)) {
      Set<String> known = new HashSet<>();
      boolean locked = true;
      for (Project project : projects) {
        if (project.ecosystem() == ecosystem) {
          project.dependencies().forEach(it -> known.add(ecosystem.normalize(it.packageName())));
          for (ResolvedPackage it : project.resolved()) {
            known.add(ecosystem.normalize(it.name()));
          }
          locked &= !project.resolved().isEmpty();
        }
      }
      if (!known.isEmpty()) {
        addUndeclared(image, ecosystem, known, locked, findings);
      }
    }
  }

  /// Without a lock what the declared packages bring is not known, so only what was asked for by
  /// name counts.
  private static void addUndeclared(
      ImageReport image,
      Ecosystem ecosystem,
      Set<String> known,
      boolean locked,
      List<Finding> findings) {
    Map<String, List<PackageRow>> byName = new TreeMap<>();
    for (PackageRow row : image.packages()) {
      if (row.ecosystem() == ecosystem
          && !row.removed()
          && !row.baseTool()
          && !row.inBase()
          && (locked || Boolean.TRUE.equals(row.direct()))
          && !known.contains(ecosystem.normalize(row.name()))) {
        byName.computeIfAbsent(row.name(), _ -> new ArrayList<>()).add(row);
      }
    }
    byName.forEach((name, found) ->
        findings.add(
            new Finding(
                "undeclared-in-image",
                Severity.NOTE,
                locked ? Confidence.CERTAIN : Confidence.LIKELY,
                found.getFirst().purl(),
                new Finding.PackageRef(
                    ecosystem,
                    name,
                    found.getFirst().version(),
                    found.getFirst().classification(),
                    null,
                    null),
                Location.of(image.reference()),
                name
                    + " is in the image and no manifest or lock names it; declare it if the"
                    + " application needs it, else do not install it",
                found.stream().mapToLong(PackageRow::liveBytes).sum(),
                found.stream().map(PackageRow::path).distinct().sorted().toList())));
  }
}
