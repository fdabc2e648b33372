package dev.depslim.minimize;

import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.Ecosystem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What was installed against what was planned: by name, and by version where the plan pins it.
///
/// @param missing planned and not installed, but for what may be absent
/// @param unexpected installed and not planned; empty where the plan does not know everything
/// @param installed how many packages were installed, each name and version once
record Comparison(SortedSet<String> missing, SortedSet<String> unexpected, int installed) {
  /// Nothing was installed, and nothing is said of it.
  static final Comparison NONE = new Comparison(new TreeSet<>(), new TreeSet<>(), 0);

  static Comparison of(
      Ecosystem ecosystem, TrialInstall.Expected form, List<SlimForm.Installed> installed) {
    Set<String> there = new HashSet<>();
    Set<String> exact = new HashSet<>();
    for (SlimForm.Installed one : installed) {
      there.add(ecosystem.normalize(one.name()));
      exact.add(key(ecosystem, one));
    }
    TreeSet<String> missing = new TreeSet<>();
    Set<String> planned = new HashSet<>();
    for (SlimForm.Installed one : form.installs()) {
      String key = key(ecosystem, one);
      planned.add(key);
      boolean found =
          one.version() == null
              ? there.contains(ecosystem.normalize(one.name()))
              : exact.contains(key);
      if (!found && !one.mayBeAbsent()) {
        missing.add(key);
      }
    }
    TreeSet<String> unexpected = new TreeSet<>();
    for (SlimForm.Installed one : installed) {
      boolean known =
          planned.contains(key(ecosystem, one))
              || planned.contains(ecosystem.normalize(one.name()));
      if (form.complete() && !known) {
        unexpected.add(key(ecosystem, one));
      }
    }
    return new Comparison(missing, unexpected, exact.size());
  }

  boolean isEqual() {
    return missing.isEmpty() && unexpected.isEmpty();
  }

  private static String key(Ecosystem ecosystem, SlimForm.Installed one) {
    String name = ecosystem.normalize(one.name());
    return one.version() == null ? name : name + "@" + one.version();
  }
}
