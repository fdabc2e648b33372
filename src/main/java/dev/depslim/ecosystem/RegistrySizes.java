package dev.depslim.ecosystem;

import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Collects what registries say of the packages of one lock.
public final class RegistrySizes {
  private final Lockfile lock;
  private final long[] bytes;
  private final Map<Integer, String> because = new HashMap<>();
  private final Map<String, Integer> troubles = new TreeMap<>();

  public RegistrySizes(Lockfile lock) {
    this.lock = lock;
    bytes = new long[lock.packages().size()];
    Arrays.fill(bytes, SizeSource.UNKNOWN);
  }

  /// What a registry says of one package.
  ///
  /// @param bytes or [SizeSource#UNKNOWN]
  /// @param reason why they are not known, else null
  /// @param trouble whether that is no property of the package but something to be mended
  public record Found(long bytes, @Nullable String reason, boolean trouble) {
    /// Bytes that are known.
    public static Found of(long bytes) {
      return new Found(bytes, null, false);
    }

    /// A package that has no such size.
    public static Found none(String reason) {
      return new Found(SizeSource.UNKNOWN, reason, false);
    }

    /// A package whose size could not be had.
    public static Found failed(String reason) {
      return new Found(SizeSource.UNKNOWN, reason, true);
    }
  }

  /// Notes the size of one of the lock's packages.
  public void set(int copy, Found found) {
    bytes[copy] = found.bytes();
    if (found.reason() != null) {
      because.put(copy, found.reason());
      if (found.trouble()) {
        troubles.merge(found.reason(), 1, Integer::sum);
      }
    }
  }

  /// Notes what is known without asking. Returns the other packages, those of one key together.
  ///
  /// @param withoutAsking null for what a registry has to be asked for
  /// @param key the same for what is one package of a registry
  public Map<String, List<Integer>> toAsk(
      Function<Lockfile.Node, @Nullable Found> withoutAsking, Function<Lockfile.Node, String> key) {
    Map<String, List<Integer>> copies = new LinkedHashMap<>();
    for (int copy = 0; copy < bytes.length; copy++) {
      Lockfile.Node node = lock.packages().get(copy);
      Found known = withoutAsking.apply(node);
      if (known != null) {
        set(copy, known);
      } else {
        copies.computeIfAbsent(key.apply(node), _ -> new ArrayList<>()).add(copy);
      }
    }
    return copies;
  }

  /// Notes what a registry says of one package. Copies that have a place each count; those without
  /// are choices of extras, of which the first one counts.
  public void spread(List<Integer> copies, Found found) {
    boolean first = true;
    for (int copy : copies) {
      boolean counts = first || lock.packages().get(copy).path() != null || found.bytes() < 0;
      set(copy, counts ? found : Found.of(0));
      first = false;
    }
  }

  /// What was noted; each trouble is one warning.
  public SizeSource.Sizes sizes() {
    List<Issue> issues = new ArrayList<>();
    troubles.forEach((reason, count) ->
        issues.add(
            Issue.warning(
                Location.of(lock.path()),
                "no size for "
                    + (count == 1 ? "one package" : count + " packages")
                    + ": "
                    + reason)));
    Map<String, Integer> counts = new TreeMap<>();
    because.values().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    String missing =
        counts.entrySet().stream()
            .max(Comparator.comparingInt(Map.Entry::getValue))
            .map(Map.Entry::getKey)
            .orElse("the registry does not say");
    return new SizeSource.Sizes(bytes, missing, because, issues);
  }
}
