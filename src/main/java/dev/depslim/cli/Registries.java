package dev.depslim.cli;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.ecosystem.UserSettings;
import dev.depslim.ecosystem.node.NodeTrust;
import dev.depslim.ecosystem.node.NpmSizes;
import dev.depslim.ecosystem.python.PypiSizes;
import dev.depslim.ecosystem.python.PythonTrust;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Size;
import dev.depslim.net.Crowd;
import dev.depslim.net.FactStore;
import dev.depslim.net.Http;
import dev.depslim.net.Pace;
import dev.depslim.net.Proxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The registries that a run asks for sizes.
final class Registries implements SizeSource, AutoCloseable {
  private final Progress progress;
  private final FactStore facts;
  private final Map<Ecosystem, SizeSource> sources;
  private final Set<String> said = new HashSet<>();

  private Registries(Progress progress, FactStore facts, Map<Ecosystem, SizeSource> sources) {
    this.progress = progress;
    this.facts = facts;
    this.sources = sources;
  }

  /// @param named registries where the clients name none, by ecosystem
  /// @param cached whether what they say is kept for the next run
  static Registries open(
      Context context, Map<Ecosystem, String> named, ProjectFiles files, boolean cached) {
    UserSettings user = UserSettings.of(context.streams().environment());
    Path folder = cached ? FactStore.folder(user.environment()) : null;
    FactStore facts =
        folder == null ? FactStore.inMemory() : FactStore.in(folder.resolve("package-sizes-1"));
    Http http = new Http(settings(user, context.version()));
    Progress progress = new Progress(context.streams());
    Crowd.Meter meter =
        (done, all) -> progress.accept("asking registries for sizes of packages", done, all);
    return new Registries(
        progress,
        facts,
        Map.of(
            Ecosystem.NPM,
            new NpmSizes(user, files, named.get(Ecosystem.NPM), http, facts, meter),
            Ecosystem.PYPI,
            new PypiSizes(user, files, named.get(Ecosystem.PYPI), http, facts, meter)));
  }

  /// Certificates and proxies come from the user alone: a project must not widen whom the user
  /// trusts.
  private static Http.Settings settings(UserSettings user, String version) {
    List<@Nullable String> names = new ArrayList<>();
    for (String variable :
        List.of("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE")) {
      names.add(user.variable(variable));
    }
    names.add(NodeTrust.bundle(user));
    names.add(PythonTrust.bundle(user));
    List<Path> bundles = new ArrayList<>();
    for (String name : names) {
      // what is not there is passed over, as Node does
      if (name != null && Files.isRegularFile(Path.of(name)) && !bundles.contains(Path.of(name))) {
        bundles.add(Path.of(name));
      }
    }
    return new Http.Settings(
        "depslim/" + version,
        Pace.USUAL,
        Proxies.of(NodeTrust.withProxies(user)),
        bundles,
        NodeTrust.certificates(user));
  }

  @Override
  public Size.Basis basis() {
    return Size.Basis.REGISTRY;
  }

  /// What is wrong with a registry is said for the first lock that meets it.
  @Override
  public Sizes sizes(Lockfile lock) {
    SizeSource source = sources.get(lock.ecosystem());
    if (source == null) {
      long[] unknown = new long[lock.packages().size()];
      java.util.Arrays.fill(unknown, UNKNOWN);
      return new Sizes(unknown, "there is no registry of such packages");
    }
    Sizes sizes = source.sizes(lock);
    List<Issue> issues =
        sizes.issues().stream().filter(issue -> said.add(cause(issue.message()))).toList();
    return new Sizes(sizes.bytes(), sizes.missing(), sizes.because(), issues);
  }

  /// A message without its count.
  private static String cause(String message) {
    return message.substring(message.indexOf(": ") + 1);
  }

  @Override
  public void close() {
    progress.close();
    facts.close();
  }
}
