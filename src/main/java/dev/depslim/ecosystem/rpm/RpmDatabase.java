package dev.depslim.ecosystem.rpm;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.ListedFiles;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds the database of rpm and books all that lies in the folders of the system on one owner,
/// `rpm-packages`: which package has which file is in a binary database (SQLite, Berkeley DB or
/// ndb) that is not read. What language packages own there stays theirs.
public final class RpmDatabase implements InstalledPackages {
  static final String NAME = "rpm-packages";

  private static final List<String> FOLDERS = List.of("usr/lib/sysimage/rpm", "var/lib/rpm");
  private static final List<String> FILES = List.of("rpmdb.sqlite", "Packages", "Packages.db");

  /// What the Filesystem Hierarchy Standard gives to the distribution.
  private static final List<String> SYSTEM =
      List.of("bin", "boot", "etc", "lib", "lib32", "lib64", "libx32", "sbin", "usr");

  /// Folders in those that are not the packages': what is local, applications, the database.
  private static final Set<String> OTHERS = Set.of("usr/lib/sysimage", "usr/local", "usr/src/app");

  private static final Set<String> PARTED = Set.of("usr", "usr/lib", "usr/src");

  @Override
  public boolean wants(String folder, String name) {
    return false;
  }

  @Override
  public Result read(ImageFiles files) {
    int database = database(files);
    if (database == NONE) {
      return Result.EMPTY;
    }
    ListedFiles single = new ListedFiles(files, files.root());
    List<Integer> folders = new ArrayList<>();
    for (String name : SYSTEM) {
      int folder = files.child(files.root(), name);
      if (folder != NONE && files.isFolder(folder)) {
        claim(files, folder, folders, single);
      }
    }
    Installed installed =
        new Installed(
            Ecosystem.RPM,
            NAME,
            null,
            files.path(files.parent(database)),
            NONE,
            null,
            null,
            single.take(),
            folders.stream().mapToInt(Integer::intValue).toArray(),
            files.isLive(database) ? Set.of(Trait.SYSTEM) : Set.of(Trait.SYSTEM, Trait.REMOVED));
    Issue note =
        new Issue(
            Severity.NOTE,
            Location.of(files.path(database)),
            "the packages of rpm are not read one by one: they are counted as " + NAME);
    return new Result(List.of(installed), List.of(), List.of(note));
  }

  private static int database(ImageFiles files) {
    for (String folder : FOLDERS) {
      for (String name : FILES) {
        int file = files.find(folder + "/" + name);
        if (file != NONE) {
          return file;
        }
      }
    }
    return NONE;
  }

  /// Takes a folder as a whole, or in parts where some of it belongs to others.
  private static void claim(
      ImageFiles files, int folder, List<Integer> folders, ListedFiles single) {
    if (!PARTED.contains(files.path(folder))) {
      folders.add(folder);
      return;
    }
    for (int child : files.children(folder)) {
      if (files.isFile(child)) {
        single.add(child);
      } else if (files.isFolder(child) && !OTHERS.contains(files.path(child))) {
        claim(files, child, folders, single);
      }
    }
  }
}
