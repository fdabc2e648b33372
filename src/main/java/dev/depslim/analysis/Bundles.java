package dev.depslim.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the few declarations that hold most together.
///
/// What several declarations share goes only when all of them do, so the best five are not the five
/// that free most alone. Packages that the same declarations bring are one bundle; a set of
/// declarations holds the bundles that lie within it. Branch and bound finds the best set: a bundle
/// of which `m` declarations are not chosen yet adds at most a share of `1/m` for each of them. The
/// search ends after [#STEPS] sets, or earlier where each costs much, with the best one seen.
final class Bundles {
  private static final int STEPS = 4_000;

  /// Bundles and declarations that are looked at in all.
  private static final long WORK = 20_000_000;

  private final Map<BitSet, Long> weights = new HashMap<>();

  /// Adds what exactly these declarations bring.
  void add(BitSet declarations, long weight) {
    if (weight > 0 && !declarations.isEmpty()) {
      weights.merge(declarations, weight, Long::sum);
    }
  }

  /// What a set holds.
  long held(BitSet chosen) {
    long sum = 0;
    for (Map.Entry<BitSet, Long> bundle : weights.entrySet()) {
      sum += missing(bundle.getKey(), chosen) == 0 ? bundle.getValue() : 0;
    }
    return sum;
  }

  /// The set of at most so many declarations that holds most; of equal ones the first in the order
  /// of the search. Declarations that add nothing are not in it.
  BitSet best(int count) {
    List<Bundle> few = new ArrayList<>();
    weights.forEach((set, weight) -> {
      if (set.cardinality() <= count) {
        few.add(new Bundle(set.stream().toArray(), weight));
      }
    });
    few.sort((a, b) -> Arrays.compare(a.members(), b.members()));
    Search search = new Search(few);
    search.from(new BitSet(), new BitSet(), count);
    return search.needed();
  }

  private static int missing(BitSet bundle, BitSet chosen) {
    int missing = 0;
    for (int one = bundle.nextSetBit(0); one >= 0; one = bundle.nextSetBit(one + 1)) {
      missing += chosen.get(one) ? 0 : 1;
    }
    return missing;
  }

  /// What exactly these declarations bring.
  private record Bundle(int[] members, long weight) {
    int missing(BitSet chosen) {
      int missing = 0;
      for (int one : members) {
        missing += chosen.get(one) ? 0 : 1;
      }
      return missing;
    }

    boolean meets(BitSet some) {
      for (int one : members) {
        if (some.get(one)) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class Search {
    private final List<Bundle> bundles;
    private final int size;
    private BitSet best = new BitSet();
    private long most;
    private int steps;

    Search(List<Bundle> bundles) {
      this.bundles = bundles;
      this.size =
          bundles.stream()
              .mapToInt(it -> it.members()[it.members().length - 1] + 1)
              .max()
              .orElse(0);
    }

    /// Looks at all sets that contain what is chosen and nothing of what is left out.
    void from(BitSet chosen, BitSet leftOut, int more) {
      long held = 0;
      double[] share = new double[size];
      for (Bundle bundle : bundles) {
        int missing = bundle.missing(chosen);
        if (missing == 0) {
          held += bundle.weight();
        } else if (missing <= more && !bundle.meets(leftOut)) {
          for (int one : bundle.members()) {
            share[one] += chosen.get(one) ? 0 : (double) bundle.weight() / missing;
          }
        }
      }
      if (held > most) {
        most = held;
        best = (BitSet) chosen.clone();
      }
      if (more == 0
          || ++steps > STEPS
          || (long) steps * (bundles.size() + size) > WORK
          || held + largest(share, more) <= most + 0.5) {
        return;
      }
      int next = next(share);
      if (next < 0) {
        return;
      }
      BitSet with = (BitSet) chosen.clone();
      with.set(next);
      from(with, leftOut, more - 1);
      BitSet without = (BitSet) leftOut.clone();
      without.set(next);
      from(chosen, without, more);
    }

    private static double largest(double[] share, int count) {
      double[] sorted = share.clone();
      Arrays.sort(sorted);
      double sum = 0;
      for (int i = Math.max(0, sorted.length - count); i < sorted.length; i++) {
        sum += sorted[i];
      }
      return sum;
    }

    private static int next(double[] share) {
      int next = -1;
      for (int one = 0; one < share.length; one++) {
        if (share[one] > 0 && (next < 0 || share[one] > share[next])) {
          next = one;
        }
      }
      return next;
    }

    /// The best set without what completes no bundle of it.
    BitSet needed() {
      BitSet needed = new BitSet();
      for (Bundle bundle : bundles) {
        if (bundle.missing(best) == 0) {
          for (int one : bundle.members()) {
            needed.set(one);
          }
        }
      }
      return needed;
    }
  }
}
