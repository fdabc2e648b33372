package dev.depslim.image;

import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Need;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import dev.depslim.ecosystem.Ownership;
import dev.depslim.graph.DependencyGraph;
import java.util.Arrays;
import java.util.BitSet;

/// The packages of an image that need each other, over all package managers. Roots are what was
/// asked for by name, what the system cannot do without, base tools, and where nobody knows any
/// better what nobody needs.
final class PackageGraph {
  private final Inventory inventory;
  private final Ownership owners;
  private final BitSet installed = new BitSet();

  PackageGraph(Inventory inventory, Ownership owners) {
    this.inventory = inventory;
    this.owners = owners;
    for (int index = 0; index < inventory.packages().size(); index++) {
      if (owners.whole(index) == index && !inventory.packages().get(index).is(Trait.REMOVED)) {
        installed.set(index);
      }
    }
  }

  /// Packages that are there and stand alone.
  BitSet installed() {
    return (BitSet) installed.clone();
  }

  /// For each package the weights that go: of one that was asked for by name, when nobody asks for
  /// it any more (0 where others need it); of every other, when the package itself goes.
  long[] retained(long[] weights) {
    int size = inventory.packages().size();
    DependencyGraph.Builder builder = DependencyGraph.builder(2 * size);
    addNeeds(builder, new BitSet());
    BitSet asked = new BitSet();
    for (int index = installed.nextSetBit(0); index >= 0; index = installed.nextSetBit(index + 1)) {
      if (stays(index)) {
        builder.root(index);
      } else if (Boolean.TRUE.equals(inventory.packages().get(index).direct())) {
        asked.set(index);
        builder.root(size + index).need(size + index, index); // the wish is a node of its own
      }
    }
    long[] sums =
        builder
            .rootsWhereNobodyNeeds(installed)
            .build()
            .dominated(Arrays.copyOf(weights, 2 * size));
    long[] retained = new long[size];
    Arrays.setAll(retained, index -> sums[asked.get(index) ? size + index : index]);
    return retained;
  }

  private boolean stays(int index) {
    Installed it = inventory.packages().get(index);
    return it.is(Trait.ESSENTIAL) || it.is(Trait.BASE_TOOL);
  }

  /// The graph in which a need that something else meets, or that is weak, does not hold what is
  /// unwanted.
  DependencyGraph graph(BitSet unwanted) {
    DependencyGraph.Builder builder = DependencyGraph.builder(inventory.packages().size());
    addNeeds(builder, unwanted);
    for (int index = installed.nextSetBit(0); index >= 0; index = installed.nextSetBit(index + 1)) {
      Installed it = inventory.packages().get(index);
      if (Boolean.TRUE.equals(it.direct()) || stays(index)) {
        builder.root(index);
      }
    }
    return builder.rootsWhereNobodyNeeds(installed).build();
  }

  private void addNeeds(DependencyGraph.Builder builder, BitSet unwanted) {
    for (Need need : inventory.needs()) {
      int from = owners.whole(need.from());
      int[] anyOf = Arrays.stream(need.anyOf()).map(owners::whole).filter(installed::get).toArray();
      int[] wanted = Arrays.stream(anyOf).filter(index -> !unwanted.get(index)).toArray();
      if (installed.get(from)) {
        builder.need(from, wanted.length > 0 || need.weak() ? wanted : anyOf);
      }
    }
  }
}
