package dev.depslim.image;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Need;
import dev.depslim.model.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What all readers found in an image, the packages of one after those of the other.
///
/// @param needs by index in `packages`
record Inventory(List<Installed> packages, List<Need> needs, List<Issue> issues) {
  /// Asks all readers, on all processors.
  static Inventory read(List<InstalledPackages> readers, ImageFiles files) {
    List<Future<InstalledPackages.Result>> running = new ArrayList<>();
    int threads = Math.clamp(readers.size(), 1, Runtime.getRuntime().availableProcessors());
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (InstalledPackages reader : readers) {
        running.add(pool.submit(() -> reader.read(files)));
      }
    }
    List<Installed> packages = new ArrayList<>();
    List<Need> needs = new ArrayList<>();
    List<Issue> issues = new ArrayList<>();
    for (Future<InstalledPackages.Result> done : running) {
      InstalledPackages.Result result = result(done);
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

  private static InstalledPackages.Result result(Future<InstalledPackages.Result> done) {
    return switch (done.state()) {
      case SUCCESS -> done.resultNow();
      case FAILED ->
          throw done.exceptionNow() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException("reading packages failed", done.exceptionNow());
      case RUNNING, CANCELLED -> throw new IllegalStateException("reading packages was cut off");
    };
  }
}
