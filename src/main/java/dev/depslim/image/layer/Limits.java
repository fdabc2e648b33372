package dev.depslim.image.layer;

/// How much of a layer is read before it is refused. They are far above what real images hold.
///
/// @param entries entries of one layer
/// @param depth folders above a file
/// @param pathBytes bytes of one path or link target
/// @param keptFileBytes bytes of one kept file; a larger one is not kept
/// @param keptBytes bytes of all kept files of one layer
/// @param inflatedBytes bytes that a compressed layer may unpack to without a look at the ratio
/// @param inflatedRatio how many times its compressed size a layer beyond `inflatedBytes` may have
public record Limits(
    int entries,
    int depth,
    int pathBytes,
    int keptFileBytes,
    long keptBytes,
    long inflatedBytes,
    int inflatedRatio) {
  /// What is used unless something else is asked for.
  public static final Limits DEFAULT =
      new Limits(20_000_000, 1_000, 1 << 16, 64 << 20, 512L << 20, 8L << 30, 200);
}
