package dev.depslim.findings;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.ImageReport.PackageRow;
import dev.depslim.model.Location;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Severity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// `forbidden-in-production` in an image: a package that the policy keeps out of production and
/// that is installed.
///
/// The tools of the base image and packages that lie only in its layers are listed and are no
/// findings. A package of the category dev that a kept package needs is none either, unless it was
/// asked for by name, or a label or a name forbids it.
public final class ForbiddenInImage {
  private static final double MEGABYTE = 1e6;

  private ForbiddenInImage() {}

  /// All of this image.
  ///
  /// @param forbidden what the policy keeps out of production
  public static Stream<Finding> find(ImageReport image, List<PackageSelector> forbidden) {
    return image.packages().stream()
        .filter(ForbiddenInImage::isOurs)
        .filter(row -> ForbiddenInProduction.forbids(forbidden, row, !isTolerated(row)))
        .map(row -> finding(image, row));
  }

  /// Whether a package would be forbidden if no kept package needed it.
  public static boolean isToleratedIn(List<PackageSelector> forbidden, PackageRow row) {
    return isOurs(row)
        && isTolerated(row)
        && ForbiddenInProduction.forbids(forbidden, row, true)
        && !ForbiddenInProduction.forbids(forbidden, row, false);
  }

  private static boolean isOurs(PackageRow row) {
    return !row.removed() && !row.baseTool() && !row.inBase();
  }

  private static boolean isTolerated(PackageRow row) {
    return row.classification().category() == Category.DEV
        && row.keptBy() != null
        && !Boolean.TRUE.equals(row.direct());
  }

  private static Finding finding(ImageReport image, PackageRow row) {
    Classification classification = row.classification();
    String keptBy = row.keptBy();
    return new Finding(
        ForbiddenInProduction.ID,
        Severity.ERROR,
        classification.confidence(),
        row.purl(),
        new Finding.PackageRef(
            row.ecosystem(), row.name(), row.version(), classification, keptBy, null),
        Location.of(image.reference()),
        row.name()
            + " is "
            + classification.category().id()
            + " and installed in "
            + image.reference()
            + String.format(Locale.ROOT, " (%.1f MB)", row.liveBytes() / MEGABYTE)
            + (keptBy == null ? ": do not install it" : ": needed by " + keptBy),
        row.retainedBytes(),
        List.of(classification.label() + ": " + classification.reason(), "lies in " + row.path()));
  }
}
