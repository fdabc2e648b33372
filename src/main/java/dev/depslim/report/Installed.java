package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Location;
import dev.depslim.model.PolicyResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The forbidden packages that lie in images: there is no declaration to change, and their bytes
/// are known.
final class Installed {
  /// Reference of an image → package URL → live bytes.
  private final Map<String, Map<String, Long>> bytes = new HashMap<>();

  Installed(Analysis analysis) {
    for (ImageReport image : analysis.images()) {
      Map<String, Long> ofImage = bytes.computeIfAbsent(image.reference(), _ -> new HashMap<>());
      image.packages().forEach(row -> ofImage.merge(row.purl(), row.liveBytes(), Long::sum));
    }
  }

  boolean holds(Finding finding) {
    return finding.rule().equals(Forbidden.RULE) && isImage(finding.location());
  }

  boolean holds(PolicyResult.Breach breach) {
    return breach.rule().equals(Forbidden.RULE) && isImage(breach.location());
  }

  private boolean isImage(Location at) {
    return at.line() == 0 && bytes.containsKey(at.path());
  }

  long bytes(Location image, String purl) {
    return bytes.getOrDefault(image.path(), Map.of()).getOrDefault(purl, 0L);
  }

  /// The biggest first.
  List<Finding> sorted(List<Finding> findings) {
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(
        Comparator.comparingLong((Finding it) -> -bytes(it.location(), it.subject()))
            .thenComparing(Finding::subject));
    return sorted;
  }

  /// The biggest first, those that are in no image last.
  List<PolicyResult.Breach> sortedBreaches(List<PolicyResult.Breach> breaches) {
    List<PolicyResult.Breach> sorted = new ArrayList<>(breaches);
    sorted.sort(
        Comparator.comparing((PolicyResult.Breach it) -> !holds(it))
            .thenComparingLong(it -> -bytes(it.location(), it.subject())));
    return sorted;
  }
}
