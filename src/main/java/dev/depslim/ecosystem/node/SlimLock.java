package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonNode.JsonArray;
import dev.depslim.syntax.JsonNode.JsonLeaf;
import dev.depslim.syntax.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Prunes the text of a lock, version 2 or 3, to what a tree still needs: entries that nothing
/// requires go, flags are set anew, and the entries of the user's own folders say what their
/// manifests say. The order of entries and fields stays.
final class SlimLock {
  private final JsonObject lock;
  private final NpmTree tree;
  private final Map<String, NpmMeta> manifests;

  private SlimLock(JsonObject lock, NpmTree tree, Map<String, NpmMeta> manifests) {
    this.lock = lock;
    this.tree = tree;
    this.manifests = manifests;
  }

  /// Changes the lock.
  ///
  /// @param tree of the slim manifests over the packages of this lock, with its flags
  /// @param manifests slim manifests by location, `""` for the root
  /// @param installScripts whether the root still has scripts that run on install
  static void prune(
      JsonObject lock, NpmTree tree, Map<String, NpmMeta> manifests, boolean installScripts) {
    SlimLock slim = new SlimLock(lock, tree, manifests);
    JsonObject packages = lock.object("packages");
    if (packages == null) {
      return;
    }
    packages.removeIf(member -> !slim.stays(member.name()));
    for (JsonObject.Member member : List.copyOf(packages.members())) {
      if (member.value() instanceof JsonObject entry) {
        slim.entry(member.name(), entry);
      }
    }
    JsonObject root = packages.object("");
    if (root != null && !installScripts) {
      root.remove("hasInstallScript");
    }
    slim.mirror(lock, "");
  }

  private boolean stays(String location) {
    NpmNode node = tree.at(location);
    return node != null && !node.extraneous;
  }

  private void entry(String location, JsonObject entry) {
    NpmNode node = tree.at(location);
    if (node == null) {
      return;
    }
    if (!node.isRoot() && !node.link) {
      flags(entry, node);
    }
    NpmMeta manifest = manifests.get(location);
    if (manifest != null) {
      sync(entry, manifest);
    }
  }

  private static void flags(JsonObject entry, NpmNode node) {
    flag(entry, "extraneous", false);
    flag(entry, "peer", node.peer);
    flag(entry, "dev", node.dev);
    flag(entry, "optional", node.optional);
    flag(entry, "devOptional", node.devOptional);
  }

  private static void flag(JsonObject entry, String name, boolean set) {
    if (!set) {
      entry.remove(name);
    } else if (!entry.isTrue(name)) {
      SortedMembers.putField(entry, name, JsonLeaf.yes());
    }
  }

  /// Makes the entry of a folder say what its manifest says.
  private static void sync(JsonObject entry, NpmMeta manifest) {
    Map<String, String> dependencies = new LinkedHashMap<>(manifest.dependencies());
    dependencies.keySet().removeAll(manifest.optional().keySet());
    section(entry, NpmMeta.DEPENDENCIES, dependencies);
    section(entry, NpmMeta.OPTIONAL, manifest.optional());
    section(entry, NpmMeta.PEERS, manifest.peers());
    section(entry, NpmMeta.DEVELOPMENT, manifest.development());
    JsonObject meta = entry.object(NpmMeta.PEERS_META);
    if (meta != null
        && meta.removeIf(member -> !manifest.peers().containsKey(member.name()))
        && meta.isEmpty()) {
      entry.remove(NpmMeta.PEERS_META);
    }
    for (String key : NpmMeta.BUNDLED) {
      if (entry.get(key) instanceof JsonArray names) {
        names.strings().stream()
            .filter(name -> !manifest.bundled().contains(name))
            .forEach(names::remove);
        if (names.values().isEmpty()) {
          entry.remove(key);
        }
      }
    }
  }

  private static void section(JsonObject entry, String name, Map<String, String> wanted) {
    if (wanted.isEmpty()) {
      entry.remove(name);
      return;
    }
    JsonObject rows = entry.object(name);
    if (rows == null) {
      rows = JsonObject.empty();
      SortedMembers.putField(entry, name, rows);
    }
    rows.removeIf(row -> !wanted.containsKey(row.name()));
    for (Map.Entry<String, String> row : wanted.entrySet()) {
      if (!row.getValue().equals(rows.string(row.getKey()))) {
        SortedMembers.put(rows, row.getKey(), JsonLeaf.of(row.getValue()));
      }
    }
  }

  /// Version 2 says everything once more for npm 6: entries inside the entries whose `node_modules`
  /// holds them. Folders of the user that no link leads to are named by their place.
  private void mirror(JsonObject owner, String location) {
    JsonObject dependencies = owner.object(NpmMeta.DEPENDENCIES);
    if (dependencies == null || dependencies.isEmpty()) {
      return;
    }
    List<String> gone = new ArrayList<>();
    for (JsonObject.Member member : dependencies.members()) {
      NpmNode node = mirroredBy(member.name(), location);
      if (node == null || node.extraneous) {
        gone.add(member.name());
      } else if (member.value() instanceof JsonObject entry) {
        mirrored(entry, node);
      }
    }
    dependencies.removeIf(member -> gone.contains(member.name()));
    if (dependencies.isEmpty()) {
      owner.remove(NpmMeta.DEPENDENCIES);
    }
  }

  private @Nullable NpmNode mirroredBy(String key, String location) {
    String place = location.isEmpty() ? "" : location + "/";
    NpmNode node = tree.at(place + Locations.MODULES + key);
    return node == null && location.isEmpty() ? tree.at(key) : node;
  }

  private void mirrored(JsonObject entry, NpmNode node) {
    NpmNode target = node.target == null ? node : node.target;
    if (!node.link) {
      flags(entry, node);
    }
    NpmMeta manifest = manifests.get(target.location);
    if (manifest != null && entry.get("requires") instanceof JsonObject requires) {
      Set<String> names = names(manifest);
      requires.removeIf(row -> !names.contains(row.name()));
      if (requires.isEmpty()) {
        entry.remove("requires");
      }
    }
    mirror(entry, target.location);
  }

  private static Set<String> names(NpmMeta manifest) {
    Map<String, String> names = new LinkedHashMap<>(manifest.dependencies());
    names.putAll(manifest.optional());
    names.putAll(manifest.development());
    return names.keySet();
  }
}
