package dev.depslim.image;

import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import dev.depslim.ecosystem.Ownership;
import dev.depslim.model.Classification;
import dev.depslim.model.ImageReport.LayerBytes;
import dev.depslim.model.ImageReport.PackageRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Makes the rows of the packages, the largest first.
final class PackageRows {
  private static final Comparator<PackageRow> ORDER =
      Comparator.comparingLong(PackageRow::bytes)
          .reversed()
          .thenComparing(PackageRow::ecosystem)
          .thenComparing(PackageRow::name)
          .thenComparing(row -> String.valueOf(row.version()))
          .thenComparing(PackageRow::path);

  private PackageRows() {}

  /// The packages that lie only in the first layers; those without bytes not among them.
  static BitSet inBase(Inventory inventory, ByteLedger ledger, int baseLayers) {
    BitSet inBase = new BitSet();
    for (int index = 0; index < inventory.packages().size(); index++) {
      List<LayerBytes> layers = ledger.layers(index);
      if (!layers.isEmpty() && layers.getLast().index() < baseLayers) {
        inBase.set(index);
      }
    }
    return inBase;
  }

  /// @param retained live bytes that go with each package
  /// @param plan what leaving out the excluded categories takes out
  static List<PackageRow> of(
      Inventory inventory,
      Ownership owners,
      ByteLedger ledger,
      List<Classification> classes,
      BitSet inBase,
      long[] retained,
      SavingsFinder.Plan plan) {
    List<PackageRow> rows = new ArrayList<>();
    for (int index = 0; index < inventory.packages().size(); index++) {
      Installed it = inventory.packages().get(index);
      boolean removed = it.is(Trait.REMOVED);
      if (owners.whole(index) != index || removed && ledger.bytes(index) == 0) {
        continue;
      }
      rows.add(
          new PackageRow(
              it.name(),
              it.version(),
              it.ecosystem(),
              classes.get(index),
              ledger.bytes(index),
              ledger.liveBytes(index),
              it.declaredBytes(),
              removed ? 0 : retained[index],
              ledger.files(index),
              it.direct(),
              it.is(Trait.BASE_TOOL) || it.is(Trait.ESSENTIAL),
              inBase.get(index),
              removed,
              it.path(),
              ledger.layers(index),
              plan.keptBy().get(index),
              plan.going().get(index)));
    }
    rows.sort(ORDER);
    return rows;
  }
}
