package dev.depslim.project;

import dev.depslim.model.Cost;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the declarations of one project cost: the first of its locks that has a name says it.
final class Prices {
  private final boolean locked;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(LockCosts costs, String folder) {}

  /// @param locked whether any lock serves the project; else what is installed does
  Prices(boolean locked) {
    this.locked = locked;
  }

  /// @param folder of the project relative to that of the lock
  void add(LockCosts costs, String folder) {
    entries.add(new Entry(costs, folder));
  }

  private @Nullable Entry entry(String name) {
    for (Entry entry : entries) {
      if (entry.costs().has(entry.folder(), name)) {
        return entry;
      }
    }
    return null;
  }

  /// What a declared name costs.
  ///
  /// @param cost what goes with it; null where nothing resolves it
  record Price(@Nullable Cost cost, Size size) {}

  /// What a declared name costs.
  Price of(String name) {
    Entry entry = entry(name);
    if (entry == null) {
      return new Price(null, unknown());
    }
    LockCosts.Price price = entry.costs().price(entry.folder(), name);
    return new Price(price.cost(), price.size());
  }

  private Size unknown() {
    if (locked) {
      return new Size.Unknown(
          entries.stream().anyMatch(each -> each.costs().lock().flat())
              ? "the lock does not tell which package needs which"
              : "the lock does not have it");
    }
    return new Size.Unknown(
        entries.isEmpty()
            ? "no lock resolves it and nothing is installed beside the project"
            : "it is not installed in " + entries.getFirst().costs().lock().path());
  }
}
