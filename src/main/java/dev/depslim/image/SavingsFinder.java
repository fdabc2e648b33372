package dev.depslim.image;

import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import dev.depslim.graph.DependencyGraph;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Freed;
import dev.depslim.model.ImageReport.Kept;
import dev.depslim.model.ImageReport.LayerBytes;
import dev.depslim.model.ImageReport.Savings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Predicts what an image saves when packages of some categories are left out: those that nothing
/// that stays needs, with what only they need. What is essential to the system, base tools and what
/// lies only in layers of the base stay.
final class SavingsFinder {
  /// What goes and what stays although its category is excluded.
  ///
  /// @param keptBy package → the name of what needs it
  record Plan(BitSet going, Map<Integer, String> keptBy, List<Kept> kept) {}

  private final Inventory inventory;
  private final ByteLedger ledger;
  private final PackageGraph packages;
  private final List<Classification> classes;
  private final BitSet inBase;

  SavingsFinder(
      Inventory inventory,
      ByteLedger ledger,
      PackageGraph packages,
      List<Classification> classes,
      BitSet inBase) {
    this.inventory = inventory;
    this.ledger = ledger;
    this.packages = packages;
    this.classes = classes;
    this.inBase = inBase;
  }

  /// Which packages go without some categories.
  Plan plan(List<Category> exclude) {
    BitSet excluded = excluded(exclude);
    DependencyGraph graph = packages.graph(excluded);
    BitSet wanted = graph.roots();
    wanted.andNot(excluded);
    BitSet staying = graph.reach(wanted, new BitSet());
    BitSet going = packages.installed();
    going.andNot(staying);
    addRemoved(going, exclude);
    Map<Integer, String> keptBy = new HashMap<>();
    List<Kept> kept = new ArrayList<>();
    excluded.and(staying);
    for (int index = excluded.nextSetBit(0); index >= 0; index = excluded.nextSetBit(index + 1)) {
      List<Integer> way = graph.way(wanted, index, staying);
      keptBy.put(index, name(way.get(way.size() - 2)));
      kept.add(new Kept(name(index), ledger.liveBytes(index), because(way)));
    }
    kept.sort(Comparator.comparingLong(Kept::bytes).reversed().thenComparing(Kept::name));
    return new Plan(going, keptBy, kept);
  }

  private BitSet excluded(List<Category> exclude) {
    BitSet excluded = packages.installed();
    for (int index = excluded.nextSetBit(0); index >= 0; index = excluded.nextSetBit(index + 1)) {
      Installed it = inventory.packages().get(index);
      if (!exclude.contains(classes.get(index).category())
          || it.is(Trait.ESSENTIAL)
          || it.is(Trait.BASE_TOOL)
          || inBase.get(index)) {
        excluded.clear(index);
      }
    }
    return excluded;
  }

  /// What later layers deleted is stored all the same, unless it is never installed.
  private void addRemoved(BitSet going, List<Category> exclude) {
    for (int index = 0; index < inventory.packages().size(); index++) {
      Installed it = inventory.packages().get(index);
      if (it.is(Trait.REMOVED)
          && !inBase.get(index)
          && exclude.contains(classes.get(index).category())) {
        going.set(index);
      }
    }
  }

  private String name(int index) {
    return inventory.packages().get(index).name();
  }

  /// `a needs b, which needs c`.
  private String because(List<Integer> way) {
    StringBuilder text = new StringBuilder(name(way.getFirst()));
    for (int i = 1; i < way.size(); i++) {
      text.append(i == 1 ? " needs " : ", which needs ").append(name(way.get(i)));
    }
    return text.toString();
  }

  /// What a plan saves.
  ///
  /// @param written whether the user wrote the list of categories
  /// @param liveBytes of the image
  Savings savings(
      Plan plan,
      List<Category> exclude,
      boolean written,
      List<ImageSource.Layer> layers,
      long liveBytes) {
    long[] stored = new long[layers.size()];
    long live = 0;
    int count = 0;
    for (int index = plan.going().nextSetBit(0);
        index >= 0;
        index = plan.going().nextSetBit(index + 1)) {
      live += ledger.liveBytes(index);
      count += inventory.packages().get(index).is(Trait.REMOVED) ? 0 : 1;
      for (LayerBytes row : ledger.layers(index)) {
        stored[row.index()] += row.bytes();
      }
    }
    for (ByteLedger.Shared file : ledger.shared()) {
      if (plan.going().get(file.chargedTo())
          && !file.others().stream().allMatch(plan.going()::get)) {
        stored[file.layer()] -= file.bytes();
        live -= file.live() ? file.bytes() : 0;
      }
    }
    long storedSum = 0;
    for (long each : stored) {
      storedSum += each;
    }
    double percent = liveBytes == 0 ? 0 : Math.round(1000.0 * live / liveBytes) / 10.0;
    return new Savings(
        exclude,
        written,
        count,
        storedSum,
        live,
        compressed(stored, layers),
        percent,
        plan.kept(),
        byCategory());
  }

  private Map<Category, Freed> byCategory() {
    Map<Category, Freed> all = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      BitSet going = plan(List.of(category)).going();
      int count = 0;
      long bytes = 0;
      for (int index = going.nextSetBit(0); index >= 0; index = going.nextSetBit(index + 1)) {
        count += inventory.packages().get(index).is(Trait.REMOVED) ? 0 : 1;
        bytes += ledger.liveBytes(index);
      }
      all.put(category, new Freed(count, count, bytes));
    }
    return all;
  }

  private static @Nullable Long compressed(long[] stored, List<ImageSource.Layer> layers) {
    double sum = 0;
    for (ImageSource.Layer layer : layers) {
      long saved = stored[layer.index()];
      if (saved > 0) {
        Long compressed = layer.compressedBytes();
        if (compressed == null) {
          return null;
        }
        Long tar = layer.tarBytes();
        long whole = tar == null ? layer.entries().storedBytes() : tar;
        sum += (double) saved * compressed / whole;
      }
    }
    return Math.round(sum);
  }
}
