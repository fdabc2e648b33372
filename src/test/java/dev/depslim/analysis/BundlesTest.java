package dev.depslim.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class BundlesTest {
  private static BitSet set(int... all) {
    BitSet set = new BitSet();
    for (int one : all) {
      set.set(one);
    }
    return set;
  }

  @Test
  void twoThatShareMuchBeatTwoThatHoldMoreAlone() {
    Bundles bundles = new Bundles();
    bundles.add(set(0), 10);
    bundles.add(set(1), 10);
    bundles.add(set(2), 1);
    bundles.add(set(3), 1);
    bundles.add(set(2, 3), 100);
    assertEquals(set(2, 3), bundles.best(2));
    assertEquals(102, bundles.held(set(2, 3)));
    assertEquals(set(0), bundles.best(1));
  }

  @Test
  void whatAddsNothingIsNotChosen() {
    Bundles bundles = new Bundles();
    bundles.add(set(4), 10);
    bundles.add(set(5, 6, 7), 99);
    assertEquals(set(4), bundles.best(2));
    assertEquals(new BitSet(), new Bundles().best(5));
  }

  @Test
  void noOtherSetHoldsMore() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(71);
    for (int round = 0; round < 300; round++) {
      int declarations = 4 + random.nextInt(7);
      Bundles bundles = new Bundles();
      for (int i = 0; i < 3 * declarations; i++) {
        BitSet set = new BitSet();
        for (int bits = 1 + random.nextInt(3); bits > 0; bits--) {
          set.set(random.nextInt(declarations));
        }
        bundles.add(set, 1 + random.nextInt(1000));
      }
      for (int count = 1; count <= 5; count++) {
        long most = 0;
        for (int mask = 0; mask < 1 << declarations; mask++) {
          if (Integer.bitCount(mask) <= count) {
            most = Math.max(most, bundles.held(BitSet.valueOf(new long[] {mask})));
          }
        }
        BitSet best = bundles.best(count);
        assertTrue(best.cardinality() <= count);
        assertEquals(most, bundles.held(best), "round " + round + ", " + count);
      }
    }
  }
}
