package dev.depslim.image;

import dev.depslim.image.layer.EntryType;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.ImageReport.Waste;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Finds the reclaimable bytes of an image: what layers store and the merged file system does not
/// show. Their sum is stored − live, exactly.
///
/// - `deleted`: a whiteout, an opaque folder or a change of type above hides the path.
/// - `overwritten`: a later version of the path has its place.
/// - `metadata-only`: the same, and the later version has the same content; only mode, owner or
///   times changed.
///
/// Bytes with several names (hard links) are lost with the last of them, and its end is the cause.
public final class WasteFinder {
  private WasteFinder() {}

  /// The waste, by the layer that stores it, then by path. Files of no bytes are not listed.
  ///
  /// @throws IOException where contents that have to be compared cannot be read
  public static List<Waste> find(ImageTree tree, ImageSource source) throws IOException {
    StoredEntries stored = tree.stored();
    int[] wasted = wasted(stored);
    int[] successors = Arrays.stream(wasted).map(version -> successor(stored, version)).toArray();
    int[] compared =
        IntStream.range(0, wasted.length)
            .filter(i -> successors[i] != StoredEntries.NONE)
            .toArray();
    boolean[] same = new boolean[wasted.length];
    ContentWork.run(
        stored,
        source.layers(),
        compared.length,
        (contents, number) -> {
          int i = compared[number];
          same[i] = contents.equal(wasted[i], successors[i]);
        });
    List<Waste> waste = new ArrayList<>(wasted.length);
    for (int i = 0; i < wasted.length; i++) {
      waste.add(waste(tree, wasted[i], same[i]));
    }
    waste.sort(
        Comparator.comparingInt(Waste::createdIn)
            .thenComparing(Waste::path)
            .thenComparingInt(Waste::removedIn));
    return List.copyOf(waste);
  }

  /// Carriers whose bytes are no longer seen.
  private static int[] wasted(StoredEntries stored) {
    return IntStream.range(0, stored.size())
        .filter(version ->
            stored.carrier(version) == version
                && stored.bytes(version) > 0
                && !stored.hasLiveBytes(version))
        .toArray();
  }

  private static Waste waste(ImageTree tree, int carrier, boolean sameContent) {
    StoredEntries stored = tree.stored();
    int last = lastName(stored, carrier);
    String kind =
        sameContent
            ? "metadata-only"
            : stored.replacedBy(last) == StoredEntries.NONE ? "deleted" : "overwritten";
    return new Waste(
        tree.path(stored.file(carrier)),
        kind,
        stored.bytes(carrier),
        stored.layer(carrier),
        stored.removedIn(last));
  }

  /// The name that was hidden last; of several the first.
  private static int lastName(StoredEntries stored, int carrier) {
    int last = carrier;
    for (int name : stored.names(carrier)) {
      if (stored.removedIn(name) > stored.removedIn(last)) {
        last = name;
      }
    }
    return last;
  }

  /// The file of the same size that took its place, or [StoredEntries#NONE].
  private static int successor(StoredEntries stored, int carrier) {
    int by = stored.replacedBy(lastName(stored, carrier));
    if (by == StoredEntries.NONE) {
      return StoredEntries.NONE;
    }
    EntryType type = stored.type(by);
    boolean file = type == EntryType.FILE || type == EntryType.HARDLINK;
    int newCarrier = file ? stored.carrier(by) : StoredEntries.NONE;
    return newCarrier != StoredEntries.NONE
            && newCarrier != carrier
            && stored.bytes(newCarrier) == stored.bytes(carrier)
        ? newCarrier
        : StoredEntries.NONE;
  }
}
