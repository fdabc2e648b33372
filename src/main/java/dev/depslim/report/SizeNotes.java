package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Size;
import dev.depslim.model.Summary;
import java.util.ArrayList;
import java.util.List;

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
    page.prose(2, String.join("; ", parts), Tone.DIM);
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
