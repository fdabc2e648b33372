package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Wildcards of Poetry (`1.2.*`): they are intervals from the first development release to that of
/// the next release, and intervals of this form are written as wildcards again.
final class PoetryWildcard {
  private PoetryWildcard() {}

  /// The versions that begin like this one.
  static PoetryRange of(Version version) {
    return PoetryRange.from(version.firstDevelopment(), next(version));
  }

  private static Version next(Version version) {
    if (version.post() != null) {
      String post = version.dev() == null ? Version.next(version.post()) : version.post();
      return new Version(
          version.epoch(), version.release(), version.preKind(), version.pre(), post, "0", null);
    }
    if (version.pre() != null) {
      String pre = version.dev() == null ? Version.next(version.pre()) : version.pre();
      return new Version(
          version.epoch(), version.release(), version.preKind(), pre, null, "0", null);
    }
    if (version.dev() != null) {
      String dev = Version.next(version.dev());
      return new Version(version.epoch(), version.release(), null, null, null, dev, null);
    }
    return VersionRanges.next(version).firstDevelopment();
  }

  /// `1.2.*` where the versions from one to before the other are just these, else null.
  ///
  /// @param inverted whether the versions between them are left out and not taken
  static @Nullable String between(Version min, Version max, boolean inverted) {
    if (min.local() != null
        || max.local() != null
        || min.pre() != null
        || max.pre() != null
        || (min.post() == null) != (max.post() == null)
        || !isFirstDevelopment(min)
        || (max.dev() != null && !isFirstDevelopment(max))) {
      return null;
    }
    Version first = inverted ? max : min;
    Version second = inverted ? min : max;
    List<String> ours = new ArrayList<>(parts(first));
    List<String> theirs = new ArrayList<>(parts(second));
    while (!theirs.isEmpty() && theirs.getLast().equals("0")) {
      theirs.removeLast();
    }
    while (ours.size() < theirs.size()) {
      ours.add("0");
    }
    for (int i = theirs.size(); i < ours.size(); i++) {
      if (!ours.get(i).equals("0")) {
        return null;
      }
    }
    if (theirs.isEmpty()) {
      return null;
    }
    List<String> cut = ours.subList(0, theirs.size());
    if (first.post() != null) {
      return cut.equals(theirs) && Version.next(first.post()).equals(second.post())
          ? new Version(
                  first.epoch(),
                  first.release(),
                  first.preKind(),
                  first.pre(),
                  first.post(),
                  null,
                  null)
              + ".*"
          : null;
    }
    int last = theirs.size() - 1;
    return cut.subList(0, last).equals(theirs.subList(0, last))
            && Version.next(cut.get(last)).equals(theirs.get(last))
        ? String.join(".", cut) + ".*"
        : null;
  }

  private static List<String> parts(Version version) {
    return version.release();
  }

  private static boolean isFirstDevelopment(Version version) {
    return version.firstDevelopment().compareTo(version) == 0;
  }
}
