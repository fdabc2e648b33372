package dev.depslim.image;

import dev.depslim.classify.Classifier;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.Ownership;
import dev.depslim.image.layer.Wanted;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.ImageReport;
import dev.depslim.model.ImageReport.Base;
import dev.depslim.model.ImageReport.LayerRow;
import dev.depslim.model.ImageReport.Savings;
import dev.depslim.model.ImageReport.Sizes;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells what an image holds: whose its bytes are, what for, and what could be left out.
public final class ImageReader {
  /// What is left out where nobody says otherwise.
  public static final List<Category> DEFAULT_EXCLUDE =
      List.of(Category.DEV, Category.CODING_AGENT, Category.HEAVY_ML, Category.BROWSER_AUTOMATION);

  private final List<InstalledPackages> readers;
  private final Classifier classifier;

  /// @param readers those of system packages first
  public ImageReader(List<InstalledPackages> readers, Classifier classifier) {
    this.readers = List.copyOf(readers);
    this.classifier = classifier;
  }

  /// What the readers need to see of the files of a layer.
  public static Wanted wanted(List<InstalledPackages> readers) {
    InstalledPackages[] all = readers.toArray(InstalledPackages[]::new);
    return (folder, name) -> {
      for (InstalledPackages reader : all) {
        if (reader.wants(folder, name)) {
          return true;
        }
      }
      return false;
    };
  }

  /// What to look for.
  ///
  /// @param exclude the categories whose leaving out is predicted
  /// @param written whether the user wrote that list
  /// @param bases images that may be the base
  public record Question(
      List<Category> exclude, boolean written, List<BaseFinder.Candidate> bases) {
    /// The default categories, no candidate for the base.
    public static final Question DEFAULT = new Question(DEFAULT_EXCLUDE, false, List.of());

    public Question {
      exclude = List.copyOf(exclude);
      bases = List.copyOf(bases);
    }
  }

  /// Reads an image whose layers are indexed.
  ///
  /// @param progress told what is being done
  /// @throws IOException where contents that have to be compared cannot be read
  public ImageReport read(ImageSource source, Question question, Consumer<String> progress)
      throws IOException {
    progress.accept("merging " + source.layers().size() + " layers");
    ImageTree tree = ImageTree.of(source);
    progress.accept("reading the packages of " + tree.count() + " paths");
    Inventory inventory = Inventory.read(readers, tree);
    Ownership owners = Ownership.of(tree, inventory.packages());
    ByteLedger ledger =
        ByteLedger.of(tree, source.layers().size(), owners, Buckets.of(tree, source), inventory);
    List<Classification> classes = inventory.packages().stream().map(this::classify).toList();
    progress.accept("predicting savings");
    List<Issue> issues = new ArrayList<>(source.issues());
    Base base = BaseFinder.find(source, question.bases(), issues);
    BitSet inBase = PackageRows.inBase(inventory, ledger, base.layers());
    PackageGraph packages = new PackageGraph(inventory, owners);
    SavingsFinder finder = new SavingsFinder(inventory, ledger, packages, classes, inBase);
    SavingsFinder.Plan plan = finder.plan(question.exclude());
    long live = tree.liveBytes();
    Savings savings =
        finder.savings(plan, question.exclude(), question.written(), source.layers(), live);
    long[] retained = packages.retained(ledger.liveBytes());
    progress.accept("finding waste");
    return new ImageReport(
        source.reference(),
        source.source(),
        source.id(),
        source.platform(),
        new Sizes(compressedBytes(source), tree.storedBytes(), live, tree.storedBytes() - live),
        tree.livePaths(),
        layers(source, tree, base, ledger.byCategory(classes)),
        PackageRows.of(inventory, owners, ledger, classes, inBase, retained, plan),
        ledger.close(classes),
        WasteFinder.find(tree, source),
        DuplicateFinder.find(tree, source),
        savings,
        base,
        issues(source, inventory, issues));
  }

  private Classification classify(Installed installed) {
    return switch (installed.ecosystem()) {
      case GENERIC -> RUN_TIME;
      case RPM -> SYSTEM;
      case NPM, PYPI, DEB, APK, CONDA ->
          classifier.classify(installed.ecosystem(), installed.name());
    };
  }

  private static final Classification RUN_TIME =
      new Classification(
          Category.PRODUCTION,
          "production/system",
          "run-time",
          dev.depslim.model.Confidence.CERTAIN,
          "runs the application");

  private static final Classification SYSTEM =
      new Classification(
          Category.PRODUCTION,
          "production/system",
          "system-packages",
          dev.depslim.model.Confidence.GUESS,
          "packages of the system, not looked at one by one");

  private static @Nullable Long compressedBytes(ImageSource source) {
    long sum = 0;
    for (ImageSource.Layer layer : source.layers()) {
      Long bytes = layer.compressedBytes();
      if (bytes == null) {
        return null;
      }
      sum += bytes;
    }
    return sum;
  }

  private static List<LayerRow> layers(
      ImageSource source, ImageTree tree, Base base, List<Map<String, Long>> byCategory) {
    long[] live = tree.liveBytesByLayer();
    List<LayerRow> rows = new ArrayList<>();
    for (ImageSource.Layer layer : source.layers()) {
      int index = layer.index();
      long stored = layer.entries().storedBytes();
      rows.add(
          new LayerRow(
              index,
              layer.diffId(),
              layer.createdBy(),
              stored,
              live[index],
              stored - live[index],
              layer.entries().count(dev.depslim.image.layer.EntryType.FILE),
              index < base.layers(),
              byCategory.get(index)));
    }
    return rows;
  }

  /// Places in the image are told with its reference before them.
  private static List<Issue> issues(
      ImageSource source, Inventory inventory, List<Issue> ofTheImage) {
    Stream<Issue> inside =
        inventory.issues().stream()
            .map(issue -> {
              Location at = issue.location();
              return new Issue(
                  issue.severity(),
                  new Location(source.reference() + ":" + at.path(), at.line(), at.column()),
                  issue.message());
            });
    return Stream.concat(ofTheImage.stream(), inside).sorted().distinct().toList();
  }
}
