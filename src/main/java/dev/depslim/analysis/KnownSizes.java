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

  /// What goes when nothing of a category is declared; null where no size is known.
  @Nullable Long bytesWithout(Category category) {
    Freed sum = null;
    if (basis() == Basis.IMAGE) {
      for (ImageReport image : images) {
        Freed one = image.savings().byCategory().getOrDefault(category, Freed.NOTHING);
        sum = sum == null ? one : sum.and(one);
      }
    } else {
      for (LockCosts lock : measured()) {
        Freed one = lock.withoutDeclared(category);
        sum = sum == null ? one : sum.and(one);
      }
    }
    return sum == null ? null : sum.bytes();
  }

  int packagesWithout(Category category) {
    return costs.stream().mapToInt(lock -> lock.withoutDeclared(category).packages()).sum();
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
    long saved = 0;
    long whole = 0;
    boolean any = false;
    if (basis() == Basis.IMAGE) {
      any = true;
      for (ImageReport image : images) {
        saved += image.savings().liveBytes();
        whole += image.sizes().liveBytes();
      }
    } else {
      for (LockCosts lock : measured()) {
        Long bytes = lock.productionWithoutDeclared(excluded).bytes();
        Long production = lock.production().bytes();
        any |= bytes != null;
        saved += bytes == null ? 0 : bytes;
        whole += production == null ? 0 : production;
      }
    }
    return new Summary.Savings(
        packages,
        any ? (Long) saved : null,
        any && whole > 0 ? (Double) (Math.round(1000.0 * saved / whole) / 10.0) : null);
  }
}
