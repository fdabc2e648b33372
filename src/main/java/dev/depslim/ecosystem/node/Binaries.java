package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonNode.JsonLeaf;
import dev.depslim.syntax.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which binaries the scripts of a folder find in `node_modules/.bin`.
final class Binaries {
  private final JsonObject packages;
  private final NpmTree tree;

  /// @param packages of the lock that the tree is from
  Binaries(JsonObject packages, NpmTree tree) {
    this.packages = packages;
    this.tree = tree;
  }

  /// The names that scripts of this folder find, in its own `node_modules` and in those above.
  ///
  /// @param installed whether only what a production install brings counts
  Set<String> in(String folder, boolean installed) {
    Set<String> names = new HashSet<>();
    for (NpmNode node : tree.nodes()) {
      if (isFoundFrom(node, folder)
          && (!installed || !node.extraneous && !node.isOmittedWithoutDev())) {
        NpmNode target = node.target == null ? node : node.target;
        add(packages.object(target.location), target, names);
      }
    }
    return names;
  }

  /// The names of packages that scripts of this folder find.
  ///
  /// @param installed whether only what a production install brings counts
  Set<String> packages(String folder, boolean installed) {
    Set<String> names = new HashSet<>();
    for (NpmNode node : tree.nodes()) {
      if (isFoundFrom(node, folder)
          && (!installed || !node.extraneous && !node.isOmittedWithoutDev())) {
        names.add(node.name);
      }
    }
    return names;
  }

  private boolean isFoundFrom(NpmNode node, String folder) {
    for (NpmNode at = tree.at(folder); at != null; at = at.lookUpNext()) {
      if (node.parent == at) {
        return true;
      }
    }
    return false;
  }

  private static void add(@Nullable JsonObject entry, NpmNode node, Set<String> names) {
    if (entry == null) {
      return;
    }
    if (entry.get("bin") instanceof JsonObject bin) {
      names.addAll(bin.names());
    } else if (entry.get("bin") instanceof JsonLeaf leaf && leaf.isString()) {
      names.add(unscoped(node.packageName()));
    }
  }

  /// What a package without more to go by is taken to call its binary.
  static String unscoped(String name) {
    return name.substring(name.indexOf('/') + 1);
  }
}
