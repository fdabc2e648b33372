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

  private @Nullable Entry of(String name) {
    for (Entry entry : entries) {
      if (entry.costs().has(entry.folder(), name)) {
        return entry;
      }
    }
    return null;
  }

  /// What goes with a declared name; null where nothing resolves it.
  @Nullable Cost cost(String name) {
    Entry entry = of(name);
    return entry == null ? null : entry.costs().cost(entry.folder(), name);
  }

  Size size(String name) {
    Entry entry = of(name);
    if (entry != null) {
      return entry.costs().size(entry.folder(), name);
    }
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
