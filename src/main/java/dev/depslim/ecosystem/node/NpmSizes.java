package dev.depslim.ecosystem.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.RegistrySizes;
import dev.depslim.ecosystem.RegistrySizes.Found;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.UserSettings;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import dev.depslim.model.Size;
import dev.depslim.net.Crowd;
import dev.depslim.net.FactStore;
import dev.depslim.net.Http;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The bytes that packages of npm unpack to, as the registry states them (`dist.unpackedSize`); for
/// those that were published without it the files of the archive are counted.
///
/// Asked is the registry that the clients are configured for, in the place of the one that most of
/// the lock's packages come from; the others where the lock itself says.
public final class NpmSizes implements SizeSource {
  private static final String NOT_CONFIGURED =
      "no registry is configured: name one with registries.npm in .depslim.yml or registry= in"
          + " .npmrc";

  private final UserSettings user;
  private final ProjectFiles files;
  private final @Nullable String named;
  private final NpmRegistry registry;
  private final Crowd.Meter meter;

  /// @param named the registry where the clients name none, or null
  public NpmSizes(
      UserSettings user,
      ProjectFiles files,
      @Nullable String named,
      Http http,
      FactStore facts,
      Crowd.Meter meter) {
    this.user = user;
    this.files = files;
    this.named = NodeClients.address(named);
    this.registry = new NpmRegistry(http, facts);
    this.meter = meter;
  }

  @Override
  public Size.Basis basis() {
    return Size.Basis.REGISTRY;
  }

  @Override
  public Sizes sizes(Lockfile lock) {
    byte[] bytes = files.read(lock.path());
    SourceFile text = new SourceFile(lock.path(), bytes == null ? new byte[0] : bytes);
    Set<String> bundled = bundled(text, lock.kind());
    RegistrySizes sizes = new RegistrySizes(lock);
    Map<String, List<Integer>> copies =
        sizes.toAsk(
            node -> withoutAsking(node, bundled), node -> node.name() + "\0" + node.version());
    ask(lock, new String(text.bytes(), UTF_8), copies)
        .forEach((key, found) -> sizes.spread(copies.getOrDefault(key, List.of()), found));
    return sizes.sizes();
  }

  /// What is known of a package that no registry has.
  private static @Nullable Found withoutAsking(Lockfile.Node node, Set<String> bundled) {
    if (!node.origin().isThirdParty()) {
      return Found.of(0);
    }
    if (node.path() != null && bundled.contains(node.path())) {
      return Found.of(0); // counted with the package that brings it
    }
    if (node.origin() != Origin.REGISTRY) {
      return Found.none("it does not come from a registry");
    }
    return node.version() == null ? Found.none("the lock states no version") : null;
  }

  /// Places in `node_modules` whose files lie in the archive of the package above.
  private static Set<String> bundled(SourceFile text, String kind) {
    Set<String> places = new HashSet<>();
    if (kind.equals("package-lock.json") || kind.equals("npm-shrinkwrap.json")) {
      for (LockEntry entry : PackageLockParser.parse(text, true).entries()) {
        if (entry.inBundle) {
          places.add(entry.path);
        }
      }
    }
    return places;
  }

  private Map<String, Found> ask(Lockfile lock, String text, Map<String, List<Integer>> copies) {
    int slash = lock.path().lastIndexOf('/');
    NodeClients clients =
        NodeClients.of(user, files, lock.path().substring(0, slash + 1), lock.kind());
    LockedArchives archives = LockedArchives.in(text);
    NpmRegistry.Session session = registry.with(clients.credentials());
    Map<String, Found> answers = new ConcurrentHashMap<>();
    Crowd.each(
        copies.entrySet(),
        meter,
        entry -> {
          Lockfile.Node node = lock.packages().get(entry.getValue().getFirst());
          LockedArchives.Archive archive = archives.of(node.name(), String.valueOf(node.version()));
          List<String> registries = registries(clients, node.name(), archives, archive);
          answers.put(
              entry.getKey(),
              registries.isEmpty()
                  ? Found.failed(NOT_CONFIGURED)
                  : session.size(registries, node.name(), String.valueOf(node.version()), archive));
        });
    return new HashMap<>(answers);
  }

  /// Whom to ask, in this order.
  private List<String> registries(
      NodeClients clients,
      String name,
      LockedArchives archives,
      LockedArchives.@Nullable Archive archive) {
    List<@Nullable String> order = new ArrayList<>();
    order.add(clients.scopeRegistry(name));
    if (archive != null && !archives.isUsual(archive.registry())) {
      order.add(archive.registry());
    }
    order.add(clients.registry(name));
    order.add(named);
    if (archive != null) {
      order.add(archive.registry());
    }
    List<String> out = new ArrayList<>();
    for (String one : order) {
      if (one != null && !out.contains(one)) {
        out.add(one);
      }
    }
    return out;
  }
}
