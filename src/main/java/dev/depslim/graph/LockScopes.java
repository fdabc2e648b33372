package dev.depslim.graph;

import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Scope;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In which scope the projects of a lock reach each of its packages, by reachability over its edges
/// and not by what the file claims.
///
/// Runtime wins over optional, optional over dev. These are the flags of npm (Arborist,
/// `calcDepFlags`), whose `devOptional` is optional here; a peer counts like a runtime requirement.
/// Packages are given by their index in [Lockfile#packages()].
public final class LockScopes {
  /// Reached through requirements that are neither for development nor optional.
  private static final int RUNTIME = 1;

  /// Reached without a requirement for development.
  private static final int WITHOUT_DEV = 2;

  /// Reached without an optional requirement.
  private static final int WITHOUT_OPTIONAL = 4;

  /// Reached at all.
  private static final int REACHED = 8;

  private static final int ALL = RUNTIME | WITHOUT_DEV | WITHOUT_OPTIONAL | REACHED;

  private final List<Node> packages;
  private final boolean entered;
  private final byte[] reached;
  private final boolean[] direct;
  private final int[] requirerStart;
  private final int[] requirers;

  private LockScopes(Lockfile lock) {
    packages = lock.packages();
    entered = !lock.roots().isEmpty() && !lock.flat();
    reached = new byte[packages.size()];
    direct = new boolean[packages.size()];
    requirerStart = new int[packages.size() + 1];
    requirers = requirers();
    spread(lock.roots());
  }

  /// The scopes of a lock; linear in its size.
  public static LockScopes of(Lockfile lock) {
    return new LockScopes(lock);
  }

  /// RUNTIME, OPTIONAL or DEV; null where no root reaches the package. Of a lock without roots or
  /// without edges, what it declares itself.
  public @Nullable Scope scope(int index) {
    if (!entered) {
      return packages.get(index).declared();
    }
    int bits = reached[index];
    if ((bits & REACHED) == 0) {
      return null;
    }
    if ((bits & RUNTIME) != 0) {
      return Scope.RUNTIME;
    }
    return (bits & WITHOUT_DEV) != 0 ? Scope.OPTIONAL : Scope.DEV;
  }

  /// Whether every way to the package begins with a requirement for development: the flag `dev` of
  /// npm.
  public boolean onlyDev(int index) {
    return (reached[index] & (REACHED | WITHOUT_DEV)) == REACHED;
  }

  /// Whether every way to the package has an optional requirement: the flag `optional` of npm.
  public boolean onlyOptional(int index) {
    return (reached[index] & (REACHED | WITHOUT_OPTIONAL)) == REACHED;
  }

  /// Whether some ways are for development and all others optional: the flag `devOptional` of npm.
  public boolean devOrOptional(int index) {
    return (reached[index] & ALL) == (REACHED | WITHOUT_DEV | WITHOUT_OPTIONAL);
  }

  /// Whether a root declares the package.
  public boolean isDirect(int index) {
    return direct[index];
  }

  /// The packages that require the package, ascending and each once.
  public int[] requiredBy(int index) {
    return Arrays.copyOfRange(requirers, requirerStart[index], requirerStart[index + 1]);
  }

  private void spread(List<Root> roots) {
    int[] waiting = new int[Math.max(16, packages.size())];
    boolean[] isWaiting = new boolean[packages.size()];
    int count = 0;
    for (Root root : roots) {
      for (Direct entry : root.direct()) {
        int target = entry.target();
        direct[target] = true;
        if (raise(target, through(ALL, entry.scope())) && !isWaiting[target]) {
          isWaiting[target] = true;
          waiting[count++] = target;
        }
      }
    }
    while (count > 0) {
      int from = waiting[--count];
      isWaiting[from] = false;
      for (Edge edge : packages.get(from).edges()) {
        int target = edge.target();
        if (raise(target, through(reached[from], edge.scope())) && !isWaiting[target]) {
          isWaiting[target] = true;
          waiting[count++] = target;
        }
      }
    }
  }

  private boolean raise(int index, int bits) {
    int before = reached[index];
    reached[index] = (byte) (before | bits);
    return reached[index] != before;
  }

  /// What is left of a way after a requirement of this scope.
  private static int through(int bits, Scope scope) {
    return switch (scope) {
      case RUNTIME, PEER -> bits;
      case OPTIONAL -> bits & (WITHOUT_DEV | REACHED);
      case DEV, TEST, BUILD -> bits & (WITHOUT_OPTIONAL | REACHED);
    };
  }

  /// Every edge turned round, grouped by its target.
  private int[] requirers() {
    int[] seenFrom = new int[packages.size()];
    Arrays.fill(seenFrom, -1);
    for (int from = 0; from < packages.size(); from++) {
      for (Edge edge : packages.get(from).edges()) {
        if (seenFrom[edge.target()] != from) {
          seenFrom[edge.target()] = from;
          requirerStart[edge.target() + 1]++;
        }
      }
    }
    for (int i = 0; i < packages.size(); i++) {
      requirerStart[i + 1] += requirerStart[i];
    }
    int[] next = Arrays.copyOf(requirerStart, packages.size());
    int[] out = new int[requirerStart[packages.size()]];
    Arrays.fill(seenFrom, -1);
    for (int from = 0; from < packages.size(); from++) {
      for (Edge edge : packages.get(from).edges()) {
        if (seenFrom[edge.target()] != from) {
          seenFrom[edge.target()] = from;
          out[next[edge.target()]++] = from;
        }
      }
    }
    return out;
  }
}
