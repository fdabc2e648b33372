package dev.depslim.ecosystem.python;

/// How large the values of one file may become. Names that double each other (`b = a + a`) have no
/// end that anybody could wait for; what goes beyond counts as computed.
final class PythonEffort {
  private static final int MOST = 1_000_000;

  /// Looking at so many things costs as much as making one.
  private static final int LOOKS = 64;

  private int left = MOST;

  /// Whether so many more characters or items may be made.
  boolean allows(int more) {
    left = Math.max(0, left - Math.max(1, more));
    return left > 0;
  }

  /// Whether so many more items may be looked through.
  boolean allowsLooking(int items) {
    return allows(items / LOOKS);
  }
}
