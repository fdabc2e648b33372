package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.python.WheelChoice.Archive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WheelChoiceTest {
  private static final Archive SOURCE = new Archive("a-1.tar.gz", 7L);

  /// The number of the wheel that is taken.
  private static @Nullable Long chosen(@Nullable String requiresPython, String... tags) {
    List<Archive> wheels = new ArrayList<>();
    for (int i = 0; i < tags.length; i++) {
      wheels.add(new Archive("a-1-" + tags[i] + ".whl", (long) i));
    }
    return WheelChoice.oldest(requiresPython).bytes(wheels, SOURCE);
  }

  @Test
  void theWheelOfTheOldestPythonForLinuxIsTaken() {
    assertEquals(
        2,
        chosen(
            ">=3.12",
            "cp313-cp313-manylinux_2_17_x86_64",
            "cp312-cp312-win_amd64",
            "cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64",
            "cp312-cp312-musllinux_1_2_x86_64",
            "cp312-cp312-manylinux_2_17_aarch64",
            "py3-none-any"));
  }

  @Test
  void theNewestLinuxThatIsOfferedIsTaken() {
    assertEquals(
        1,
        chosen(
            ">=3.12",
            "cp312-cp312-manylinux2014_x86_64",
            "cp312-cp312-manylinux_2_28_x86_64",
            "cp312-cp312-manylinux1_x86_64"));
  }

  @Test
  void theStableInterfaceOfAnOlderPythonFits() {
    assertEquals(
        1,
        chosen(
            ">=3.11,<4",
            "cp38-abi3-manylinux_2_17_x86_64",
            "cp310-abi3-manylinux_2_17_x86_64",
            "cp312-abi3-manylinux_2_17_x86_64"));
  }

  @Test
  void aBuildForThreadsWithoutLockAndOtherInterpretersDoNotFit() {
    assertEquals(
        2,
        chosen(
            ">=3.13",
            "cp313-cp313t-manylinux_2_17_x86_64",
            "pp311-pypy311_pp73-manylinux_2_17_x86_64",
            "py2.py3-none-any"));
  }

  @Test
  void withoutAVersionTheNewestIsTaken() {
    assertEquals(
        1, chosen(null, "cp39-cp39-manylinux_2_17_x86_64", "cp313-cp313-manylinux_2_17_x86_64"));
  }

  @Test
  void whereNoWheelFitsTheSourceIsBuilt() {
    assertEquals(7, chosen(">=3.12", "cp312-cp312-win_amd64"));
    assertNull(
        WheelChoice.oldest(">=3.12")
            .bytes(List.of(new Archive("a-1-cp312-cp312-win_amd64.whl", 1L)), null));
  }

  @Test
  void namesThatAreNoWheelsDoNotFit() {
    assertEquals(0, WheelChoice.oldest(null).rank("a-1.tar.gz"));
    assertEquals(0, WheelChoice.oldest(null).rank("a.whl"));
    assertEquals(0, WheelChoice.oldest(null).rank("a-1-cp-none-any.whl"));
    assertTrue(WheelChoice.oldest(null).rank("a-1-1build-py3-none-any.whl") > 0);
  }
}
