package dev.depslim.image;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Need;
import dev.depslim.model.Issue;
import java.util.ArrayList;
import java.util.List;

/// What all readers found in an image, the packages of one after those of the other.
///
/// @param needs by index in `packages`
record Inventory(List<Installed> packages, List<Need> needs, List<Issue> issues) {
  static Inventory read(List<InstalledPackages> readers, ImageFiles files) {
    List<Installed> packages = new ArrayList<>();
    List<Need> needs = new ArrayList<>();
    List<Issue> issues = new ArrayList<>();
    for (InstalledPackages reader : readers) {
      InstalledPackages.Result result = reader.read(files);
      int offset = packages.size();
      for (Need need : result.needs()) {
        int[] anyOf = need.anyOf().clone();
        for (int i = 0; i < anyOf.length; i++) {
          anyOf[i] += offset;
        }
        needs.add(new Need(need.from() + offset, anyOf, need.weak()));
      }
      packages.addAll(result.packages());
      issues.addAll(result.issues());
    }
    return new Inventory(packages, needs, issues);
  }
}
