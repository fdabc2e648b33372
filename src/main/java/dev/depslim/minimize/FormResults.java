package dev.depslim.minimize;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.model.Dependency;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Minimization.FileChange;
import dev.depslim.model.Minimization.PackageVersion;
import dev.depslim.model.Minimization.Result;
import dev.depslim.model.Minimization.Saved;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Size;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What reports say of slim forms: their files against what they replace, and what is saved.
public final class FormResults {
  private final ProjectFiles files;
  private final List<ImageReport> images;

  /// @param files of the analysed tree
  /// @param images that are made of the tree; sizes are known only where there is one
  public FormResults(ProjectFiles files, List<ImageReport> images) {
    this.files = files;
    this.images = List.copyOf(images);
  }

  /// The result of one attempt.
  public Result of(SlimForms.Attempt attempt) {
    ProjectPlan plan = attempt.plan();
    return switch (attempt) {
      case SlimForms.Refused refused ->
          without(plan, "there is no slim form", null, refused.reason());
      case SlimForms.Member member ->
          without(plan, "counted with its workspace", member.root().path(), null);
      case SlimForms.Made made -> made(plan, made);
    };
  }

  private static Result without(
      ProjectPlan plan, String unknown, @Nullable String partOf, @Nullable String refused) {
    return new Result(
        plan.path(),
        plan.ecosystem(),
        List.of(),
        null,
        List.of(),
        new Saved(null, null, unknown),
        List.of(),
        List.of(),
        partOf,
        refused);
  }

  private Result made(ProjectPlan plan, SlimForms.Made made) {
    SlimForm form = made.form();
    List<PackageVersion> removed =
        form.removed().stream()
            .map(it -> new PackageVersion(it.name(), it.version()))
            .distinct()
            .sorted(
                Comparator.comparing(PackageVersion::name)
                    .thenComparing(it -> String.valueOf(it.version())))
            .toList();
    Integer packages =
        form.complete()
            ? (Integer)
                (int)
                    form.installs().stream()
                        .map(it -> new PackageVersion(it.name(), it.version()))
                        .distinct()
                        .count()
            : null;
    return new Result(
        plan.path(),
        plan.ecosystem(),
        form.files().stream().map(file -> change(plan, file)).toList(),
        packages,
        removed,
        saved(plan, form, removed),
        made.writer().commands(form),
        form.notes(),
        null,
        null);
  }

  private FileChange change(ProjectPlan plan, SlimForm.SlimFile file) {
    String replaces = file.replaces();
    byte[] before = replaces == null ? null : files.read(replaces);
    Set<String> locks = new HashSet<>();
    plan.lockfiles().forEach(lock -> locks.add(lock.path()));
    return new FileChange(
        inTarget(plan, file.name()),
        replaces,
        file.content().length,
        replaces != null && locks.contains(replaces),
        LineDiff.between(before == null ? "" : text(before), text(file.content())));
  }

  /// Where a file of a project's form lies below the target.
  static String inTarget(ProjectPlan plan, String name) {
    return plan.path().equals(".") ? name : plan.path() + "/" + name;
  }

  private static String text(byte[] bytes) {
    Charset charset = StandardCharsets.UTF_8;
    if (bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe) {
      charset = StandardCharsets.UTF_16; // by its byte order mark, as pip reads it
    }
    return new String(bytes, charset);
  }

  private Saved saved(ProjectPlan plan, SlimForm form, List<PackageVersion> removed) {
    if (form.complete() && removed.isEmpty()) {
      return new Saved(0L, null, "no package of a production install goes");
    }
    if (images.isEmpty()) {
      return new Saved(null, null, "not measured: name an image with --image");
    }
    return form.complete() ? savedOf(plan, removed) : savedOfDeclared(plan);
  }

  /// Own bytes may be added up: those of one package are those of no other.
  private Saved savedOf(ProjectPlan plan, List<PackageVersion> removed) {
    Set<String> keys = new HashSet<>();
    removed.forEach(it -> keys.add(plan.ecosystem().normalize(it.name()) + "@" + it.version()));
    long bytes = 0;
    Set<String> found = new HashSet<>();
    for (ImageReport image : images) {
      for (ImageReport.PackageRow row : image.packages()) {
        String key = plan.ecosystem().normalize(row.name()) + "@" + row.version();
        if (row.ecosystem() == plan.ecosystem() && !row.removed() && keys.contains(key)) {
          bytes += row.liveBytes();
          found.add(key);
        }
      }
    }
    int absent = keys.size() - found.size();
    return found.isEmpty()
        ? new Saved(null, null, "none of them is in the images")
        : new Saved(
            bytes,
            Size.Basis.IMAGE,
            absent == 0 ? null : absent + " of " + keys.size() + " are not in the images");
  }

  private static Saved savedOfDeclared(ProjectPlan plan) {
    long bytes = 0;
    boolean known = false;
    for (Decision decision : plan.decisions()) {
      Dependency dependency = decision.dependency();
      if (decision.drops()
          && dependency.inProduction()
          && dependency.size() instanceof Size.Measured measured
          && measured.basis() == Size.Basis.IMAGE) {
        bytes += measured.ownBytes();
        known = true;
      }
    }
    return known
        ? new Saved(
            bytes, Size.Basis.IMAGE, "the declared packages alone: no lock says what they bring")
        : new Saved(null, null, "no lock says what goes");
  }
}
