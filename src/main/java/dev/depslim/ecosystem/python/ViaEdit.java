package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes packages that are gone out of the `# via` comments of a file, line by line; every other
/// comment passes as it is.
final class ViaEdit {
  private final Set<String> gone;
  private boolean inRequirement;
  private boolean leftOut;
  private boolean listing;

  /// @param gone normalised names
  ViaEdit(Set<String> gone) {
    this.gone = gone;
  }

  /// What follows belongs to a requirement.
  ///
  /// @param leftOut whether the requirement is left out: its `# via` goes with it
  void startsRequirement(boolean leftOut) {
    this.inRequirement = true;
    this.leftOut = leftOut;
    this.listing = false;
  }

  /// A line of the requirement itself, which may end in a comment.
  String requirementLine(String line) {
    int hash = line.indexOf(" # via ");
    if (hash < 0) {
      return line;
    }
    String edited = sources(line.substring(hash + 7));
    listing = true;
    return edited == null
        ? line.substring(0, hash).stripTrailing() + end(line)
        : line.substring(0, hash + 7) + edited;
  }

  /// A line without a requirement; null where it is left out.
  @Nullable String commentLine(String line) {
    String stripped = line.strip();
    if (!inRequirement || !stripped.startsWith("#")) {
      listing = false;
      return line;
    }
    String comment = stripped.substring(1);
    String text = comment.strip();
    boolean begins = text.equals("via") || text.startsWith("via ");
    boolean goesOn = listing && comment.startsWith("  ") && !text.isEmpty();
    listing = begins || goesOn;
    if (!listing) {
      return line;
    }
    if (leftOut) {
      return null;
    }
    if (text.equals("via")) {
      return line;
    }
    int from = line.indexOf(text) + (begins ? 4 : 0);
    String edited = sources(line.substring(from));
    return edited == null ? null : line.substring(0, from) + edited;
  }

  /// The list without what is gone, with its line end; null where nothing is left.
  private @Nullable String sources(String list) {
    List<String> left = new ArrayList<>();
    boolean changed = false;
    for (String source : list.strip().split(",", -1)) {
      if (gone.contains(RequirementsLines.bare(source.strip()))) {
        changed = true;
      } else {
        left.add(source.strip());
      }
    }
    if (!changed) {
      return list;
    }
    return left.isEmpty() ? null : String.join(", ", left) + end(list);
  }

  private static String end(String line) {
    return line.endsWith("\r\n") ? "\r\n" : line.endsWith("\n") ? "\n" : "";
  }
}
