package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The packages of a lock in TOML that have a name, as they stand there, and where those of a name
/// are.
final class LockEntries {
  private final List<Tree.Mapping> all = new ArrayList<>();
  private final Map<String, List<Integer>> byName = new HashMap<>();

  /// The entries of a list; null is an empty one.
  static LockEntries of(Tree.@Nullable Sequence packages) {
    LockEntries entries = new LockEntries();
    for (Tree item : packages == null ? List.<Tree>of() : packages.items()) {
      if (item instanceof Tree.Mapping entry && entry.string("name") != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /// Adds an entry with a name; its index.
  int add(Tree.Mapping entry) {
    byName.computeIfAbsent(name(entry), _ -> new ArrayList<>()).add(all.size());
    all.add(entry);
    return all.size() - 1;
  }

  /// The normalised name of an entry.
  static String name(Tree.Mapping entry) {
    return Ecosystem.PYPI.normalize(String.valueOf(entry.string("name")));
  }

  /// All entries in their order.
  List<Tree.Mapping> all() {
    return Collections.unmodifiableList(all);
  }

  Tree.Mapping get(int index) {
    return all.get(index);
  }

  /// The normalised names, in no order.
  Set<String> names() {
    return byName.keySet();
  }

  /// The indexes of the entries of a normalised name.
  List<Integer> named(String name) {
    return byName.getOrDefault(name, List.of());
  }
}
