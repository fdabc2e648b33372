package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.RegistrySizes;
import dev.depslim.ecosystem.RegistrySizes.Found;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.UserSettings;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import dev.depslim.model.Size;
import dev.depslim.net.Crowd;
import dev.depslim.net.FactStore;
import dev.depslim.net.Http;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The bytes that wheels unpack to, read from the directory at the end of each (PKWARE APPNOTE,
/// 4.3.12) without fetching the rest. The wheel is the one that [WheelChoice] takes.
///
/// Asked are the addresses that the lock states, else the indexes that it names and those that the
/// clients are configured for.
public final class PypiSizes implements SizeSource {
  private static final String NOT_CONFIGURED =
      "no package index is configured: name one with registries.pypi in .depslim.yml or index-url"
          + " in pip.conf";

  private final UserSettings user;
  private final ProjectFiles files;
  private final @Nullable String named;
  private final WheelIndex index;
  private final Crowd.Meter meter;

  /// @param named the index where the clients name none, or null
  public PypiSizes(
      UserSettings user,
      ProjectFiles files,
      @Nullable String named,
      Http http,
      FactStore facts,
      Crowd.Meter meter) {
    this.user = user;
    this.files = files;
    this.named = named;
    this.index = new WheelIndex(http, facts);
    this.meter = meter;
  }

  @Override
  public Size.Basis basis() {
    return Size.Basis.REGISTRY;
  }

  @Override
  public Sizes sizes(Lockfile lock) {
    RegistrySizes sizes = new RegistrySizes(lock);
    Map<String, List<Integer>> copies = sizes.toAsk(PypiSizes::withoutAsking, PypiSizes::key);
    ask(lock, copies)
        .forEach((key, found) -> sizes.spread(copies.getOrDefault(key, List.of()), found));
    return sizes.sizes();
  }

  private static String key(Lockfile.Node node) {
    return LockedWheels.key(node.name(), String.valueOf(node.version()));
  }

  private static @Nullable Found withoutAsking(Lockfile.Node node) {
    if (!node.origin().isThirdParty()) {
      return Found.of(0);
    }
    if (node.origin() != Origin.REGISTRY) {
      return Found.none("it does not come from a package index");
    }
    return node.version() == null ? Found.none("the lock states no version") : null;
  }

  private Map<String, Found> ask(Lockfile lock, Map<String, List<Integer>> copies) {
    byte[] bytes = files.read(lock.path());
    SourceFile text = new SourceFile(lock.path(), bytes == null ? new byte[0] : bytes);
    LockedWheels locked = LockedWheels.in(text, lock.kind(), files);
    PythonClients clients = PythonClients.of(user, files, text, lock.kind());
    WheelIndex.Session session =
        index.with(clients.credentials(), WheelChoice.oldest(locked.requiresPython()));
    Map<String, Found> answers = new ConcurrentHashMap<>();
    Crowd.each(
        copies.entrySet(),
        meter,
        entry -> {
          Lockfile.Node node = lock.packages().get(entry.getValue().getFirst());
          LockedWheels.Entry stated = locked.of(entry.getKey());
          WheelIndex.Wanted wanted =
              new WheelIndex.Wanted(
                  Ecosystem.PYPI.normalize(node.name()),
                  String.valueOf(node.version()),
                  stated.files(),
                  indexes(clients, locked, stated.index()));
          answers.put(entry.getKey(), session.size(wanted, NOT_CONFIGURED));
        });
    return answers;
  }

  /// Whom to ask, in this order: a configured index takes the place of the one that most of the
  /// lock's packages come from.
  private List<URI> indexes(PythonClients clients, LockedWheels locked, @Nullable String stated) {
    List<@Nullable String> order = new ArrayList<>();
    if (stated != null && !locked.isUsual(stated)) {
      order.add(stated);
    }
    order.addAll(clients.indexes());
    order.add(named);
    order.add(stated);
    List<URI> out = new ArrayList<>();
    for (String one : order) {
      URI address = one == null ? null : PythonClients.address(one);
      if (address != null && !out.contains(address)) {
        out.add(address);
      }
    }
    return out;
  }
}
