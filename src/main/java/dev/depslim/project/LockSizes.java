package dev.depslim.project;

import dev.depslim.ecosystem.SizeSource;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Size;
import java.util.Arrays;

/// What a lock itself states of the archives that a registry transfers.
final class LockSizes implements SizeSource {
  @Override
  public Size.Basis basis() {
    return Size.Basis.LOCK;
  }

  @Override
  public Sizes sizes(Lockfile lock) {
    long[] bytes = new long[lock.packages().size()];
    Arrays.setAll(
        bytes,
        copy -> {
          Long size = lock.packages().get(copy).compressedBytes();
          return size == null ? UNKNOWN : size;
        });
    String where = lock.ecosystem() == Ecosystem.PYPI ? " for Linux x86-64" : "";
    return new Sizes(bytes, lock.kind() + " states no size" + where);
  }
}
