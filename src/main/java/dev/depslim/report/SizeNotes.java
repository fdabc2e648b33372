package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Project;
import dev.depslim.model.Size;
import dev.depslim.model.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which bytes a report counts, and of how many packages they are known.
final class SizeNotes {
  private SizeNotes() {}

  /// Below a table with the column `frees`.
  static void write(Page page, Analysis analysis) {
    List<Summary.Known> sizes = analysis.summary().sizes();
    boolean locked = analysis.projects().stream().anyMatch(p -> !p.lockfiles().isEmpty());
    if (sizes.isEmpty() && !locked) {
      return;
    }
    List<String> parts = new ArrayList<>();
    parts.add("frees: what nothing needs any more when nothing of the category is declared");
    for (int i = 0; i < sizes.size(); i++) {
      Summary.Known known = sizes.get(i);
      parts.add(
          (i == 0 ? "" : "not added: ")
              + what(known.basis())
              + ", known for "
              + (known.known() == known.packages()
                  ? "all " + Words.count(known.packages(), "package")
                  : Words.number(known.known()) + " of " + Words.count(known.packages(), "package"))
              + (i == 0 ? "" : " (" + Bytes.text(known.bytes()) + ")"));
    }
    if (!sizes.isEmpty()) {
      unsized(analysis, parts);
    }
    page.prose(2, String.join("; ", parts), Tone.DIM);
  }

  /// Locks of which no size at all is known: their packages are in none of the counts.
  private static void unsized(Analysis analysis, List<String> parts) {
    Set<String> paths = new TreeSet<>();
    for (PricedLock lock : analysis.locks()) {
      if (lock.file() && lock.basis() == null) {
        paths.add(lock.lock().path());
      }
    }
    int packages =
        analysis.projects().stream()
            .flatMap(project -> project.lockfiles().stream())
            .filter(file -> paths.contains(file.path()))
            .mapToInt(Project.LockfileFile::packages)
            .sum();
    if (packages > 0) {
      parts.add(
          "of "
              + Words.count(packages, "package")
              + " in "
              + Words.few(List.copyOf(paths), 2)
              + " no sizes are known");
    }
  }

  /// What bytes of a basis are.
  static String what(Size.Basis basis) {
    return switch (basis) {
      case IMAGE -> "bytes of the images";
      case INSTALLED -> "bytes measured where the packages are installed";
      case LOCK -> "compressed bytes of the archives, as the locks state them";
      case REGISTRY -> "bytes of the unpacked packages, as the registry states them";
    };
  }
}
