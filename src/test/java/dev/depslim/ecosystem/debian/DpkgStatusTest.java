package dev.depslim.ecosystem.debian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.FakeImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Need;
import dev.depslim.ecosystem.InstalledPackages.Result;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DpkgStatusTest {
  private static final String STATUS =
      """
      Package: libc6
      Essential: yes
      Status: install ok installed
      Architecture: amd64
      Installed-Size: 12
      Version: 2.41-12
      Description: GNU C Library
       Depends: not a field but a description

      Package: mawk
      Status: install ok installed
      Architecture: amd64
      Version: 1.3.4
      Provides: awk (= 1)
      Depends: libc6 (>= 2.38)

      Package: gone
      Status: deinstall ok config-files
      Architecture: amd64
      Version: 1

      Package: never
      Status: purge ok not-installed
      Architecture: amd64

      Package: base-files
      Status: install ok installed
      Architecture: amd64
      Version: 13.8+deb13u1
      Pre-Depends: gawk | awk,
       libc6:any [amd64]
      """;

  private static FakeImageFiles image() {
    return new FakeImageFiles()
        .file("var/lib/dpkg/status", STATUS)
        .file("var/lib/dpkg/info/libc6:amd64.list", "/.\n/lib\n/lib/libc.so.6\n/lib/l.so\n")
        .file("var/lib/dpkg/info/mawk.list", "/.\n/usr/bin/mawk\n/usr/share/doc/gone\n")
        .link("lib", "usr/lib")
        .file("usr/lib/libc.so.6", "elf")
        .link("usr/lib/l.so", "libc.so.6")
        .file("usr/bin/mawk", "elf")
        .file("var/lib/dpkg/info/base-files.list", "/etc/motd\n");
  }

  private static Installed named(Result result, String name) {
    return result.packages().stream()
        .filter(p -> p.name().equals(name))
        .collect(Collectors.collectingAndThen(Collectors.toList(), List::getFirst));
  }

  @Test
  void onlyTheWordInstalledCounts() {
    Result result = image().readBy(new DpkgStatus());
    assertEquals(
        List.of("libc6", "mawk", "base-files"),
        result.packages().stream().map(Installed::name).toList());
    assertEquals("2.41-12", named(result, "libc6").version());
    assertEquals(12 * 1024L, named(result, "libc6").declaredBytes());
    assertNull(named(result, "mawk").declaredBytes());
    assertTrue(named(result, "libc6").is(Trait.ESSENTIAL));
  }

  @Test
  void listsAreResolvedThroughMergedFoldersAndLinksClaimNoTargets() {
    FakeImageFiles files = image();
    Result result = files.readBy(new DpkgStatus());
    assertEquals(Set.of("usr/lib/libc.so.6"), files.owned(named(result, "libc6")));
    assertEquals(Set.of("usr/bin/mawk"), files.owned(named(result, "mawk")));
  }

  @Test
  void alternativesAreMetByProviders() {
    List<Need> needs = image().readBy(new DpkgStatus()).needs();
    assertEquals(
        List.of("1->[0]", "2->[1]", "2->[0]"),
        needs.stream().map(n -> n.from() + "->" + java.util.Arrays.toString(n.anyOf())).toList());
  }

  @Test
  void markedAutomaticIsNotDirect() {
    Result without = image().readBy(new DpkgStatus());
    assertNull(named(without, "mawk").direct());
    Result with =
        image()
            .file(
                "var/lib/apt/extended_states",
                "Package: mawk\nArchitecture: amd64\nAuto-Installed: 1\n")
            .readBy(new DpkgStatus());
    assertEquals(false, named(with, "mawk").direct());
    assertEquals(true, named(with, "libc6").direct());
  }

  @Test
  void aDivertedFileBelongsToThePackageWhoseListNamesTheOldPlace() {
    FakeImageFiles files =
        image()
            .file("usr/bin/mawk.old", "x")
            .file(
                "var/lib/dpkg/diversions",
                "/usr/bin/mawk\n/usr/bin/mawk.old\nbase-files\n/etc/motd\n/etc/m\n:\n");
    assertEquals(
        Set.of("usr/bin/mawk.old"), files.owned(named(files.readBy(new DpkgStatus()), "mawk")));
    files.file("var/lib/dpkg/info/base-files.list", "/usr/bin/mawk\n");
    assertEquals(
        Set.of("usr/bin/mawk"), files.owned(named(files.readBy(new DpkgStatus()), "base-files")));
  }

  @Test
  void distrolessHasOneFileForEachPackage() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file("var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2025b\n")
            .file("var/lib/dpkg/status.d/tzdata.md5sums", "0123  usr/share/zoneinfo/UTC\n")
            .file("usr/share/zoneinfo/UTC", "TZif");
    Result result = files.readBy(new DpkgStatus());
    assertEquals(1, result.packages().size());
    assertEquals(Set.of("usr/share/zoneinfo/UTC"), files.owned(named(result, "tzdata")));
  }

  @Test
  void aDeletedListStillNamesTheOwnerOfDeadBytes() {
    FakeImageFiles files =
        image()
            .deleted("var/lib/dpkg/info/gcc.list", "/usr/bin/gcc\n")
            .deleted("usr/bin/gcc", "elf");
    Installed gcc = named(files.readBy(new DpkgStatus()), "gcc");
    assertTrue(gcc.is(Trait.REMOVED));
    assertNull(gcc.version());
    assertEquals(Set.of("usr/bin/gcc"), files.owned(gcc));
  }

  @Test
  void theFilesOfAReplacedVersionAreItsOwn() {
    String old = "Package: libz\nStatus: install ok installed\nVersion: 1.2\n\n";
    FakeImageFiles files =
        new FakeImageFiles()
            .file("var/lib/dpkg/status", old)
            .file("var/lib/dpkg/status", old.replace("1.2", "1.3"))
            .file("var/lib/dpkg/info/libz.list", "/lib/libz.so.1.2\n")
            .file("var/lib/dpkg/info/libz.list", "/lib/libz.so.1.3\n")
            .deleted("lib/libz.so.1.2", "elf")
            .file("lib/libz.so.1.3", "elf");
    Result result = files.readBy(new DpkgStatus());
    assertEquals(
        List.of("1.3 false", "1.2 true"),
        result.packages().stream().map(p -> p.version() + " " + p.is(Trait.REMOVED)).toList());
    assertEquals(Set.of("lib/libz.so.1.2"), files.owned(result.packages().get(1)));
  }

  @Test
  void anImageWithoutDpkgHasNoDebianPackages() {
    assertEquals(Result.EMPTY, new FakeImageFiles().readBy(new DpkgStatus()));
  }
}
