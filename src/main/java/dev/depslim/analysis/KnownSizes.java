package dev.depslim.analysis;

import dev.depslim.model.Category;
import dev.depslim.model.Freed;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Size.Basis;
import dev.depslim.model.Summary;
import dev.depslim.project.LockCosts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all locks, or the images where there are any, say of bytes: on one basis, the one that
/// knows most packages.
final class KnownSizes {
  private final List<LockCosts> costs;
  private final List<ImageReport> images;
  private final List<Summary.Known> known;

  private KnownSizes(List<LockCosts> costs, List<ImageReport> images, List<Summary.Known> known) {
    this.costs = costs;
    this.images = images;
    this.known = known;
  }

  static KnownSizes of(List<LockCosts> costs, List<ImageReport> images) {
    Map<Basis, Summary.Known> byBasis = new EnumMap<>(Basis.class);
    for (LockCosts lock : costs) {
      Basis basis = lock.basis();
      Freed all = lock.everything();
      if (basis != null && all.bytes() != null) {
        byBasis.merge(
            basis,
            new Summary.Known(basis, all.packages(), all.known(), all.bytes()),
            KnownSizes::sum);
      }
    }
    List<Summary.Known> known = new ArrayList<>(byBasis.values());
    known.sort(Comparator.comparingInt((Summary.Known it) -> -it.known()));
    if (!images.isEmpty()) {
      known.addFirst(inImages(images));
    }
    return new KnownSizes(costs, images, List.copyOf(known));
  }

  private static Summary.Known sum(Summary.Known a, Summary.Known b) {
    return new Summary.Known(
        a.basis(), a.packages() + b.packages(), a.known() + b.known(), a.bytes() + b.bytes());
  }

  private static Summary.Known inImages(List<ImageReport> images) {
    int packages = 0;
    long bytes = 0;
    for (ImageReport image : images) {
      packages += (int) image.packages().stream().filter(row -> !row.removed()).count();
      bytes += image.sizes().liveBytes();
    }
    return new Summary.Known(Basis.IMAGE, packages, packages, bytes);
  }

  List<Summary.Known> known() {
    return known;
  }

  /// The basis that bytes are added up on; null where none is known.
  private @Nullable Basis basis() {
    return known.isEmpty() ? null : known.getFirst().basis();
  }

  /// What goes when nothing of a category is declared; null where no size of it is known.
  @Nullable Long bytesWithout(Category category) {
    Freed sum = Freed.NOTHING;
    if (basis() == Basis.IMAGE) {
      for (ImageReport image : images) {
        sum = sum.and(image.savings().byCategory().getOrDefault(category, Freed.NOTHING));
      }
      return sum.bytes();
    }
    for (LockCosts lock : measured()) {
      sum = sum.and(lock.withoutDeclared(category));
    }
    return known(sum, packagesWithout(category));
  }

  int packagesWithout(Category category) {
    return costs.stream().mapToInt(lock -> lock.withoutDeclared(category).packages()).sum();
  }

  /// Where all that goes is of other bases or of none, its bytes are not known.
  private @Nullable Long known(Freed measured, int packages) {
    return basis() == null || (measured.packages() == 0 && packages > 0) ? null : measured.bytes();
  }

  private List<LockCosts> measured() {
    Basis basis = basis();
    return basis == null
        ? List.of()
        : costs.stream().filter(lock -> lock.basis() == basis).toList();
  }

  Summary.Savings savings(List<Category> excluded) {
    int packages = 0;
    for (LockCosts lock : costs) {
      packages += lock.productionWithoutDeclared(excluded).packages();
    }
    Freed saved = Freed.NOTHING;
    long whole = 0;
    if (basis() == Basis.IMAGE) {
      for (ImageReport image : images) {
        int count = image.savings().packages();
        saved = saved.and(new Freed(count, count, image.savings().liveBytes()));
        whole += image.sizes().liveBytes();
      }
      return savings(packages, saved.bytes(), whole);
    }
    for (LockCosts lock : measured()) {
      saved = saved.and(lock.productionWithoutDeclared(excluded));
      Long production = lock.production().bytes();
      whole += production == null ? 0 : production;
    }
    return savings(packages, known(saved, packages), whole);
  }

  private static Summary.Savings savings(int packages, @Nullable Long bytes, long whole) {
    Double percent =
        bytes == null || whole == 0 ? null : (Double) (Math.round(1000.0 * bytes / whole) / 10.0);
    return new Summary.Savings(packages, bytes, percent);
  }
}
