package dev.depslim.ecosystem.alpine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.depslim.ecosystem.FakeImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Result;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApkInstalledTest {
  private static final String INSTALLED =
      """
      C:Q1abc=
      P:musl
      V:1.2.5-r10
      I:667648
      p:so:libc.musl-x86_64.so.1=1
      F:lib
      R:ld-musl-x86_64.so.1
      a:0:0:755
      R:libc.musl-x86_64.so.1

      P:busybox
      V:1.37.0-r18
      I:946176
      D:so:libc.musl-x86_64.so.1 musl>=1.2 !uclibc
      p:cmd:sh=1.37
      F:
      R:top
      F:bin
      R:busybox

      P:app
      V:1
      D:cmd:sh
      """;

  private static FakeImageFiles image() {
    return new FakeImageFiles()
        .file("lib/apk/db/installed", INSTALLED)
        .file("lib/ld-musl-x86_64.so.1", "elf")
        .link("lib/libc.musl-x86_64.so.1", "ld-musl-x86_64.so.1")
        .file("bin/busybox", "elf")
        .file("top", "x");
  }

  @Test
  void packagesOwnTheFilesTheyList() {
    FakeImageFiles files = image();
    Result result = files.readBy(new ApkInstalled());
    assertEquals(
        List.of("musl 1.2.5-r10 667648", "busybox 1.37.0-r18 946176", "app 1 null"),
        result.packages().stream()
            .map(p -> p.name() + " " + p.version() + " " + p.declaredBytes())
            .toList());
    assertEquals(Set.of("lib/ld-musl-x86_64.so.1"), files.owned(result.packages().get(0)));
    assertEquals(Set.of("bin/busybox", "top"), files.owned(result.packages().get(1)));
  }

  @Test
  void needsAreMetByNamesLibrariesAndCommands() {
    assertEquals(
        List.of("1->[0]", "1->[0]", "2->[1]"),
        image().readBy(new ApkInstalled()).needs().stream()
            .map(n -> n.from() + "->" + Arrays.toString(n.anyOf()))
            .toList());
  }

  @Test
  void whatOnlyAnEarlierDatabaseNamesIsRemoved() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file("lib/apk/db/installed", "P:gcc\nV:14\nF:usr/bin\nR:gcc\nR:cc\n\n" + INSTALLED)
            .deleted("usr/bin/gcc", "elf")
            .file("bin/busybox", "elf")
            .file("lib/apk/db/installed", INSTALLED);
    Result result = files.readBy(new ApkInstalled());
    assertEquals(
        List.of("musl false", "busybox false", "app false", "gcc true"),
        result.packages().stream().map(p -> p.name() + " " + p.is(Trait.REMOVED)).toList());
    assertEquals(Set.of("usr/bin/gcc"), files.owned(result.packages().get(3)));
  }

  @Test
  void theFilesOfAReplacedVersionAreItsOwn() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file("lib/apk/db/installed", "P:zlib\nV:1.2\nF:lib\nR:libz.so.1.2\n")
            .file("lib/apk/db/installed", "P:zlib\nV:1.3\nF:lib\nR:libz.so.1.3\n")
            .deleted("lib/libz.so.1.2", "elf")
            .file("lib/libz.so.1.3", "elf");
    Result result = files.readBy(new ApkInstalled());
    assertEquals(List.of("1.3", "1.2"), result.packages().stream().map(p -> p.version()).toList());
    assertEquals(Set.of("lib/libz.so.1.2"), files.owned(result.packages().get(1)));
  }

  @Test
  void theWorldNamesWhatWasAskedFor() {
    assertNull(image().readBy(new ApkInstalled()).packages().get(2).direct());
    Result result =
        image().file("etc/apk/world", "app>1\nbusybox@edge\n").readBy(new ApkInstalled());
    assertEquals(
        List.of(false, true, true), result.packages().stream().map(p -> p.direct()).toList());
  }

  @Test
  void theDatabaseMayLieUnderUsr() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file("usr/lib/apk/db/installed", INSTALLED)
            .link("lib", "usr/lib")
            .file("usr/lib/ld-musl-x86_64.so.1", "elf");
    Result result = files.readBy(new ApkInstalled());
    assertEquals(3, result.packages().size());
    assertEquals(Set.of("usr/lib/ld-musl-x86_64.so.1"), files.owned(result.packages().get(0)));
  }
}
