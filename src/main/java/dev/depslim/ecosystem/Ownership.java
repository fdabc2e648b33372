package dev.depslim.ecosystem;

import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import java.util.Arrays;
import java.util.List;

/// Which package owns which file: exactly one, or none. In this order:
///
/// 1. a system package whose list names the file,
/// 2. a language package whose list names it,
/// 3. compiled Python belongs to the owner of its source,
/// 4. the deepest folder that a package owns.
///
/// A language package that a system package brought (its metadata is in the other's list) is a part
/// of that one and has no files of its own.
public final class Ownership {
  /// The owner of what belongs to no package.
  public static final int NONE = -1;

  private final ImageFiles tree;
  private final List<Installed> packages;
  private final int[] owner;
  private final int[] partOf;

  private Ownership(ImageFiles tree, List<Installed> packages) {
    this.tree = tree;
    this.packages = packages;
    this.owner = new int[tree.count()];
    this.partOf = new int[packages.size()];
    Arrays.fill(owner, NONE);
    Arrays.setAll(partOf, index -> index);
  }

  /// The owners of all files.
  public static Ownership of(ImageFiles tree, List<Installed> packages) {
    Ownership ownership = new Ownership(tree, packages);
    ownership.claimListed(true);
    ownership.joinParts();
    ownership.claimListed(false);
    ownership.joinParts();
    ownership.claimCompiled();
    ownership.claimFolders();
    return ownership;
  }

  /// Index of the package that owns the file, or `NONE`.
  public int owner(int file) {
    return owner[file];
  }

  /// The package that a package is a part of; itself where it stands alone.
  public int whole(int index) {
    return partOf[index];
  }

  private void claimListed(boolean system) {
    for (int index = 0; index < packages.size(); index++) {
      Installed installed = packages.get(index);
      if (installed.is(Trait.SYSTEM) == system) {
        for (int file : installed.files()) {
          if (owner[file] == NONE) {
            owner[file] = partOf[index];
          }
        }
      }
    }
  }

  private void joinParts() {
    for (int index = 0; index < packages.size(); index++) {
      Installed installed = packages.get(index);
      int evidence = installed.evidence();
      if (!installed.is(Trait.SYSTEM)
          && partOf[index] == index
          && evidence != ImageFiles.NONE
          && owner[evidence] != NONE) {
        partOf[index] = owner[evidence];
      }
    }
  }

  /// `__pycache__/X.cpython-313.pyc` is compiled from `X.py` in the folder above (PEP 3147).
  private void claimCompiled() {
    for (int cache : tree.named("__pycache__"::equals)) {
      int folder = tree.parent(cache);
      for (int file : tree.children(cache)) {
        String name = tree.name(file);
        int dot = name.indexOf('.');
        if (owner[file] == NONE && dot > 0) {
          int source = tree.child(folder, name.substring(0, dot) + ".py");
          owner[file] = source == ImageFiles.NONE ? NONE : owner[source];
        }
      }
    }
  }

  /// Folders come before what they hold, so one pass hands each claim down.
  private void claimFolders() {
    int[] claimed = new int[tree.count()];
    Arrays.fill(claimed, NONE);
    for (int index = 0; index < packages.size(); index++) {
      for (int folder : packages.get(index).folders()) {
        if (claimed[folder] == NONE) {
          claimed[folder] = partOf[index];
        }
      }
    }
    for (int file = 1; file < claimed.length; file++) {
      if (claimed[file] == NONE) {
        claimed[file] = claimed[tree.parent(file)];
      }
      if (owner[file] == NONE) {
        owner[file] = claimed[file];
      }
    }
  }
}
