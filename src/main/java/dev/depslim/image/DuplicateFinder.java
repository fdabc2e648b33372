package dev.depslim.image;

import dev.depslim.image.layer.ContentHash;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.ImageReport.Duplicate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Finds live files of equal content that are stored more than once; hard links are one file. Files
/// of one size are compared by hash: the one of the layer's index, or computed where the source can
/// be seeked, and then only of those that begin alike. What can neither way be had is left out.
public final class DuplicateFinder {
  /// Smaller files are not looked at: there are many, and little to gain.
  public static final long SMALLEST = 4_096;

  private DuplicateFinder() {}

  /// Groups of equal files, those first that hold the most bytes beyond one copy.
  public static List<Duplicate> find(ImageTree tree, ImageSource source) throws IOException {
    StoredEntries stored = tree.stored();
    List<List<Integer>> groups = bySize(stored);
    Queue<Duplicate> found = new ConcurrentLinkedQueue<>();
    ContentWork.run(
        stored,
        source.layers(),
        groups.size(),
        (same, number) -> {
          List<Integer> equalSize = groups.get(number);
          boolean hashed = equalSize.stream().anyMatch(same::isHashed);
          List<List<Integer>> alike = hashed ? List.of(equalSize) : split(equalSize, same::start);
          for (List<Integer> begin : alike) {
            for (List<Integer> group : split(begin, same::hash)) {
              found.add(duplicate(tree, group));
            }
          }
        });
    List<Duplicate> out = new ArrayList<>(found);
    out.sort(
        Comparator.comparingLong(Duplicate::bytes)
            .reversed()
            .thenComparing(group -> group.paths().getFirst()));
    return List.copyOf(out);
  }

  /// Live files that share their size with another.
  private static List<List<Integer>> bySize(StoredEntries stored) {
    int[] files = new int[stored.size()];
    int count = 0;
    for (int version = 0; version < stored.size(); version++) {
      if (stored.carrier(version) == version
          && stored.bytes(version) >= SMALLEST
          && stored.hasLiveBytes(version)) {
        files[count++] = version;
      }
    }
    Map<Long, List<Integer>> groups = new LinkedHashMap<>();
    for (int version : Arrays.copyOf(files, count)) {
      groups.computeIfAbsent(stored.bytes(version), _ -> new ArrayList<>(1)).add(version);
    }
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }

  /// The parts of a group that are equal in something, without those that are alone and those of
  /// which it is not known.
  private static List<List<Integer>> split(List<Integer> group, Feature feature)
      throws IOException {
    Map<ContentHash.Value, List<Integer>> parts = new LinkedHashMap<>();
    for (int version : group) {
      ContentHash.Value value = feature.of(version);
      if (value != null) {
        parts.computeIfAbsent(value, _ -> new ArrayList<>()).add(version);
      }
    }
    return parts.values().stream().filter(part -> part.size() > 1).toList();
  }

  private static Duplicate duplicate(ImageTree tree, List<Integer> group) {
    StoredEntries stored = tree.stored();
    List<String> paths = new ArrayList<>();
    for (int carrier : group) {
      for (int name : stored.names(carrier)) {
        if (stored.isLive(name)) {
          paths.add(tree.path(stored.file(name)));
          break;
        }
      }
    }
    paths.sort(null);
    return new Duplicate(stored.bytes(group.getFirst()) * (group.size() - 1), paths);
  }

  /// Something that equal files have in common; null where it cannot be had.
  @FunctionalInterface
  private interface Feature {
    ContentHash.@Nullable Value of(int version) throws IOException;
  }
}
