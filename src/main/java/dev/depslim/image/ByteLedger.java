package dev.depslim.image;

import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.Ownership;
import dev.depslim.image.layer.EntryType;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.ImageReport.LayerBytes;
import dev.depslim.model.ImageReport.Ledger;
import dev.depslim.model.Purl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Books every stored byte of an image on exactly one owner: a package or a [Bucket]. A file with
/// several names is booked once, on a package where any of its names belongs to one. Bytes that
/// only lower layers hold belong to the owner of their path too.
final class ByteLedger {
  private static final Bucket[] BUCKETS = Bucket.values();

  /// Bytes whose names belong to several packages: they go when all of those go.
  ///
  /// @param chargedTo the package that has them
  /// @param others the other packages
  record Shared(int chargedTo, List<Integer> others, int layer, long bytes, boolean live) {}

  private final ImageTree tree;
  private final StoredEntries stored;
  private final Ownership owners;
  private final Buckets buckets;
  private final List<Installed> packages;
  private final int layers;
  private final long[] bytes;
  private final long[] liveBytes;
  private final int[] files;

  /// Rows are empty until the package has bytes.
  private final long[][] byLayer;

  private final long[][] bucketBytes;
  private final List<Shared> shared = new ArrayList<>();

  private ByteLedger(ImageTree tree, int layers, Ownership owners, Buckets buckets, Inventory all) {
    this.tree = tree;
    this.stored = tree.stored();
    this.owners = owners;
    this.buckets = buckets;
    this.packages = all.packages();
    this.layers = layers;
    this.bytes = new long[packages.size()];
    this.liveBytes = new long[packages.size()];
    this.files = new int[packages.size()];
    this.byLayer = new long[packages.size()][0];
    this.bucketBytes = new long[BUCKETS.length][layers];
  }

  /// Books the bytes of an image.
  ///
  /// @throws IllegalStateException where the books do not balance, which is a bug
  static ByteLedger of(
      ImageTree tree, int layers, Ownership owners, Buckets buckets, Inventory all) {
    ByteLedger ledger = new ByteLedger(tree, layers, owners, buckets, all);
    ledger.book();
    ledger.checkBalance();
    return ledger;
  }

  private void book() {
    for (int version = 0; version < stored.size(); version++) {
      EntryType type = stored.type(version);
      if (type == EntryType.FILE || type == EntryType.HARDLINK) {
        count(version);
      }
      if (stored.carrier(version) == version && stored.bytes(version) > 0) {
        if (stored.isShared(version)) {
          bookShared(version);
        } else {
          int file = stored.file(version);
          book(version, owners.owner(file), buckets.of(file, stored.layer(version)));
        }
      }
    }
  }

  private void count(int version) {
    int owner = owners.owner(stored.file(version));
    if (owner != Ownership.NONE && stored.isLive(version)) {
      files[owner]++;
    }
  }

  private void bookShared(int version) {
    int layer = stored.layer(version);
    int owner = Ownership.NONE;
    Bucket bucket = Bucket.CACHE;
    List<Integer> others = new ArrayList<>();
    for (int name : stored.names(version)) {
      int file = stored.file(name);
      int one = owners.owner(file);
      if (one == Ownership.NONE) {
        Bucket its = buckets.of(file, layer);
        bucket = its.ordinal() < bucket.ordinal() ? its : bucket;
      } else if (owner == Ownership.NONE) {
        owner = one;
      } else if (owner != one && !others.contains(one)) {
        others.add(one);
      }
    }
    book(version, owner, bucket);
    if (!others.isEmpty()) {
      boolean live = stored.hasLiveBytes(version);
      shared.add(new Shared(owner, List.copyOf(others), layer, stored.bytes(version), live));
    }
  }

  private void book(int version, int owner, Bucket bucket) {
    int layer = stored.layer(version);
    long size = stored.bytes(version);
    if (owner == Ownership.NONE) {
      bucketBytes[bucket.ordinal()][layer] += size;
      return;
    }
    bytes[owner] += size;
    if (stored.hasLiveBytes(version)) {
      liveBytes[owner] += size;
    }
    long[] row = byLayer[owner];
    if (row.length == 0) {
      row = new long[layers];
      byLayer[owner] = row;
    }
    row[layer] += size;
  }

  private void checkBalance() {
    long booked = 0;
    for (long each : bytes) {
      booked += each;
    }
    for (long[] bucket : bucketBytes) {
      for (long each : bucket) {
        booked += each;
      }
    }
    if (booked != tree.storedBytes()) {
      throw new IllegalStateException(
          "the ledger does not balance: "
              + booked
              + " bytes have an owner or none, "
              + tree.storedBytes()
              + " are stored");
    }
  }

  /// Stored bytes of a package.
  long bytes(int index) {
    return bytes[index];
  }

  /// Live bytes of a package.
  long liveBytes(int index) {
    return liveBytes[index];
  }

  /// Live files of a package.
  int files(int index) {
    return files[index];
  }

  /// Live bytes of all packages.
  long[] liveBytes() {
    return liveBytes.clone();
  }

  /// Files that several packages have.
  List<Shared> shared() {
    return List.copyOf(shared);
  }

  /// Stored bytes of a package in the layers that have any.
  List<LayerBytes> layers(int index) {
    List<LayerBytes> result = new ArrayList<>();
    long[] row = byLayer[index];
    for (int layer = 0; layer < row.length; layer++) {
      if (row[layer] > 0) {
        result.add(new LayerBytes(layer, row[layer]));
      }
    }
    return result;
  }

  /// The closing of the books.
  ///
  /// @param classes what each package is for
  Ledger close(List<Classification> classes) {
    Map<String, Long> byOwner = new TreeMap<>();
    Map<String, Long> byCategory = new TreeMap<>();
    byOwner.put(Bucket.UNOWNED.id(), 0L);
    byCategory.put(Bucket.UNOWNED.id(), 0L);
    for (int index = 0; index < packages.size(); index++) {
      if (bytes[index] > 0) {
        Installed it = packages.get(index);
        byOwner.merge(Purl.of(it.ecosystem(), it.name(), it.version()), bytes[index], Long::sum);
        byCategory.merge(classes.get(index).category().id(), bytes[index], Long::sum);
      }
    }
    for (Bucket bucket : BUCKETS) {
      long sum = 0;
      for (long each : bucketBytes[bucket.ordinal()]) {
        sum += each;
      }
      if (sum > 0) {
        byOwner.merge(bucket.id(), sum, Long::sum);
        byCategory.merge(bucket.id(), sum, Long::sum);
      }
    }
    long unowned = byOwner.getOrDefault(Bucket.UNOWNED.id(), 0L);
    return new Ledger(tree.storedBytes(), byOwner, byCategory, unowned);
  }

  /// For each layer its stored bytes by category or bucket, without those that are 0.
  List<Map<String, Long>> byCategory(List<Classification> classes) {
    long[][] categories = new long[Category.values().length][layers];
    for (int index = 0; index < packages.size(); index++) {
      long[] row = byLayer[index];
      for (int layer = 0; layer < row.length; layer++) {
        categories[classes.get(index).category().ordinal()][layer] += row[layer];
      }
    }
    List<Map<String, Long>> result = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      Map<String, Long> map = new TreeMap<>();
      for (Category category : Category.values()) {
        putIfAny(map, category.id(), categories[category.ordinal()][layer]);
      }
      for (Bucket bucket : BUCKETS) {
        putIfAny(map, bucket.id(), bucketBytes[bucket.ordinal()][layer]);
      }
      result.add(map);
    }
    return result;
  }

  private static void putIfAny(Map<String, Long> map, String key, long value) {
    if (value > 0) {
      map.put(key, value);
    }
  }
}
