package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.MarkerAlgebra.Node;
import dev.depslim.ecosystem.python.PinnedLock.Direct;
import dev.depslim.ecosystem.python.PinnedLock.Need;
import dev.depslim.ecosystem.python.PinnedLock.Pin;
import dev.depslim.model.Ecosystem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/// What some of the direct dependencies of a lock bring, and under which conditions.
///
/// A package is there where any way to it is open: the conditions along a way are joined by *and*,
/// those of several ways by *or*. An extra is a node of its own.
final class PinnedClosure {
  private final PinnedLock lock;
  private final MarkerAlgebra algebra;
  private final Node supported;
  private final Map<Place, Node> when = new HashMap<>();
  private final Map<Integer, TreeSet<String>> requiredBy = new HashMap<>();
  private final List<String> overlaps = new ArrayList<>();

  /// A package, or one of its extras (empty for the package itself).
  private record Place(int pin, String extra) {}

  /// A package that is there.
  ///
  /// @param index into the pins of the lock
  /// @param extras that are asked for wherever the package is there, sorted
  /// @param requiredBy normalised names of the packages that need it; the empty text for the
  ///   project
  record Found(int index, Pin pin, Node when, List<String> extras, Set<String> requiredBy) {}

  private PinnedClosure(PinnedLock lock, MarkerAlgebra algebra) {
    this.lock = lock;
    this.algebra = algebra;
    this.supported = algebra.python(lock.python());
  }

  /// What the chosen direct dependencies bring, sorted by name and version.
  ///
  /// @param follows whether a package brings another that it needs
  static PinnedClosure of(
      PinnedLock lock,
      MarkerAlgebra algebra,
      Predicate<Direct> chosen,
      BiPredicate<Pin, Pin> follows) {
    PinnedClosure closure = new PinnedClosure(lock, algebra);
    Deque<Place> waiting = new ArrayDeque<>();
    for (Direct direct : lock.direct()) {
      if (chosen.test(direct)) {
        String by = direct.name().equals(PinnedLock.NEEDED) ? PinnedLock.NEEDED : "";
        closure.follow(direct.need(), closure.supported, by, waiting);
      }
    }
    while (!waiting.isEmpty()) {
      Place place = waiting.remove();
      Pin pin = lock.pins().get(place.pin());
      List<Need> needs =
          place.extra().isEmpty()
              ? pin.needs()
              : pin.extras().getOrDefault(place.extra(), List.of());
      for (Need need : needs) {
        if (follows.test(pin, lock.pins().get(need.target()))) {
          closure.follow(need, closure.condition(place), pin.name(), waiting);
        }
      }
    }
    closure.separate();
    return closure;
  }

  private Node condition(Place place) {
    return when.getOrDefault(place, algebra.never);
  }

  private void follow(Need need, Node from, String by, Deque<Place> waiting) {
    Pin target = lock.pins().get(need.target());
    Node open = algebra.and(algebra.and(from, need.when()), target.when());
    if (open.isNever()) {
      return;
    }
    requiredBy
        .computeIfAbsent(need.target(), _ -> new TreeSet<>())
        .add(Ecosystem.PYPI.normalize(by));
    reach(new Place(need.target(), ""), open, waiting);
    for (String extra : need.extras()) {
      reach(new Place(need.target(), extra), open, waiting);
    }
  }

  private void reach(Place place, Node open, Deque<Place> waiting) {
    Node before = condition(place);
    Node after = algebra.or(before, open);
    if (!after.equals(before)) {
      when.put(place, after);
      waiting.add(place);
    }
  }

  /// Two versions of one package must not meet: where a lock leaves that open, the higher one wins,
  /// as it does when it is installed anew.
  private void separate() {
    Map<String, List<Integer>> byName = new TreeMap<>();
    for (Place place : when.keySet()) {
      if (place.extra().isEmpty()) {
        String name = Ecosystem.PYPI.normalize(lock.pins().get(place.pin()).name());
        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(place.pin());
      }
    }
    for (List<Integer> versions : byName.values()) {
      versions.sort(Comparator.comparing(this::version).reversed());
      Node taken = algebra.never;
      for (int index : versions) {
        Place place = new Place(index, "");
        Node own = condition(place);
        if (!algebra.and(own, taken).isNever()) {
          overlaps.add(lock.pins().get(index).name());
          own = algebra.and(own, algebra.not(taken));
          when.put(place, own);
        }
        taken = algebra.or(taken, own);
      }
    }
  }

  private Version version(int index) {
    String text = lock.pins().get(index).version();
    Version version = text == null ? null : Version.parse(text);
    return version == null ? ZERO : version;
  }

  private static final Version ZERO = new Version("0", List.of("0"), null, null, null, null, null);

  /// Packages of which the lock left two versions open in the same environment.
  List<String> overlaps() {
    return overlaps;
  }

  /// An extra that only some environments ask for is none of the pinned line: it would bring there
  /// what nobody pinned.
  private List<String> extras(int index, Node own) {
    List<String> out = new ArrayList<>();
    for (Map.Entry<Place, Node> entry : when.entrySet()) {
      Place place = entry.getKey();
      if (place.pin() == index
          && !place.extra().isEmpty()
          && algebra.and(own, algebra.not(entry.getValue())).isNever()) {
        out.add(place.extra());
      }
    }
    out.sort(Comparator.naturalOrder());
    return out;
  }

  /// The packages, sorted by name and version; those that no environment installs left out.
  List<Found> found() {
    List<Found> out = new ArrayList<>();
    for (Map.Entry<Place, Node> entry : when.entrySet()) {
      if (entry.getKey().extra().isEmpty() && !entry.getValue().isNever()) {
        int index = entry.getKey().pin();
        out.add(
            new Found(
                index,
                lock.pins().get(index),
                entry.getValue(),
                extras(index, entry.getValue()),
                requiredBy.getOrDefault(index, new TreeSet<>())));
      }
    }
    out.sort(
        Comparator.comparing((Found one) -> Ecosystem.PYPI.normalize(one.pin().name()))
            .thenComparing(one -> version(one.index()))
            .thenComparingInt(Found::index));
    return out;
  }
}
