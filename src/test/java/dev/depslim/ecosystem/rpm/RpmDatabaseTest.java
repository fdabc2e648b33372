package dev.depslim.ecosystem.rpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.FakeImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Result;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import dev.depslim.model.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RpmDatabaseTest {
  private static FakeImageFiles image() {
    return new FakeImageFiles()
        .file("usr/bin/bash", "elf")
        .file("usr/lib/os-release", "ID=fedora")
        .file("usr/lib/sysusers.d/x.conf", "x")
        .file("usr/local/bin/own", "x")
        .file("usr/src/app/server.js", "x")
        .link("lib", "usr/lib")
        .file("app/main.py", "x");
  }

  @Test
  void oneOwnerHasTheFoldersOfTheSystem() {
    for (String database :
        List.of("var/lib/rpm/rpmdb.sqlite", "var/lib/rpm/Packages", "var/lib/rpm/Packages.db")) {
      FakeImageFiles files = image().file(database, "binary");
      Result result = files.readBy(new RpmDatabase());
      Installed all = result.packages().getFirst();
      assertEquals("rpm-packages", all.name());
      assertTrue(all.is(Trait.SYSTEM));
      assertEquals(
          Set.of("usr/bin/", "usr/lib/os-release", "usr/lib/sysusers.d/"), files.owned(all));
    }
  }

  @Test
  void theDatabaseItselfIsNotThePackages() {
    FakeImageFiles files =
        image()
            .file("usr/lib/sysimage/rpm/rpmdb.sqlite", "binary")
            .link("var/lib/rpm", "../../usr/lib/sysimage/rpm");
    assertEquals(
        Set.of("usr/bin/", "usr/lib/os-release", "usr/lib/sysusers.d/"),
        files.owned(files.readBy(new RpmDatabase()).packages().getFirst()));
  }

  @Test
  void itIsSaidThatPackagesAreNotReadOneByOne() {
    Result result = image().file("var/lib/rpm/rpmdb.sqlite", "binary").readBy(new RpmDatabase());
    assertEquals(1, result.issues().size());
    assertEquals(Severity.NOTE, result.issues().getFirst().severity());
    assertEquals("var/lib/rpm/rpmdb.sqlite", result.issues().getFirst().location().path());
  }

  @Test
  void withoutADatabaseThereIsNoOwner() {
    assertEquals(Result.EMPTY, image().readBy(new RpmDatabase()));
  }
}
