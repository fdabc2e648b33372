package dev.depslim.cli;

import java.io.IOException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// How long and from where a fuzz test goes: `-Ddepslim.fuzz.seconds`, `-Ddepslim.fuzz.seed`, and
/// `-Ddepslim.fuzz.only` for one input of a seed.
///
/// @param only the number of the only input, or -1 for as many as there is time for
/// @param most how many there are at most (`-Ddepslim.fuzz.inputs`), so that a quicker machine sees
///   the same ones
record FuzzSeeds(long seed, int seconds, long only, long most) {
  /// One input.
  interface Input {
    void run(long number, RandomGenerator random) throws IOException;
  }

  static FuzzSeeds ofProperties() {
    return new FuzzSeeds(
        Long.getLong("depslim.fuzz.seed", 7),
        Integer.getInteger("depslim.fuzz.seconds", 15),
        Long.getLong("depslim.fuzz.only", -1),
        Long.getLong("depslim.fuzz.inputs", Long.MAX_VALUE));
  }

  /// The numbers that an input is made of.
  RandomGenerator random(long number) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed + number);
  }

  /// Whether another input follows.
  ///
  /// @param end by the clock of [System#nanoTime]
  boolean goesOn(long number, int fewest, long end) {
    return only >= 0
        ? number == only
        : number < most && (number < fewest || System.nanoTime() < end);
  }

  /// The first input.
  long first() {
    return Math.max(0, only);
  }

  /// Runs inputs for so long, and so many at least.
  void each(int fewest, int forSeconds, Input input) throws IOException {
    long end = System.nanoTime() + Math.max(3, forSeconds) * 1_000_000_000L;
    for (long i = first(); goesOn(i, fewest, end); i++) {
      input.run(i, random(i));
    }
  }
}
