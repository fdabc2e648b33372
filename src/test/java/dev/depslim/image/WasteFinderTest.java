package dev.depslim.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.image.layer.Wanted;
import dev.depslim.image.source.ArchiveOpener;
import dev.depslim.image.source.ImageRequest;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.ImageReport.Waste;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first four are cases that a widely used tool gets wrong.
class WasteFinderTest {
  @TempDir private Path folder;

  @Test
  void deletingAFolderWithAnEntryOfItsOwnWastesAllThatWasInIt() throws IOException {
    check(
        new ImageFixture()
            .layer(
                new LayerFixture()
                    .folder("keep")
                    .file("keep/a", 2_000)
                    .folder("dir")
                    .file("dir/a", 3_000)
                    .file("dir/b", 5_000))
            .layer(new LayerFixture().whiteout("dir")),
        10_000,
        new Waste("dir/a", "deleted", 3_000, 0, 1),
        new Waste("dir/b", "deleted", 5_000, 0, 1));
  }

  @Test
  void overwritingWastesTheFormerVersionOnly() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().file("f", 1_000))
            .layer(new LayerFixture().file("f", 100_000)),
        101_000,
        new Waste("f", "overwritten", 1_000, 0, 1));
  }

  @Test
  void anOpaqueFolderHidesWhatIsBelowIt() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().folder("d").file("d/a", 4_000).file("d/e/b", 5_000))
            .layer(new LayerFixture().folder("d").file("d/c", 1_000).opaque("d")),
        10_000,
        new Waste("d/a", "deleted", 4_000, 0, 1),
        new Waste("d/e/b", "deleted", 5_000, 0, 1));
  }

  @Test
  void aWhiteoutOfNothingWastesNothingAndTheRestOfTheLayerCounts() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().file("a", 500).file("b", 700))
            .layer(
                new LayerFixture()
                    .whiteout("0absent")
                    .whiteout("absent/x")
                    .whiteout("zero")
                    .whiteout("a")),
        1_200,
        new Waste("a", "deleted", 500, 0, 1));
  }

  @Test
  void aWhiteoutHidesOnlyLowerLayers() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().file("a", 500))
            .layer(new LayerFixture().file("a", 70).whiteout("a")),
        570,
        new Waste("a", "deleted", 500, 0, 1));
  }

  @Test
  void changingOnlyModeOrOwnerWastesTheFormerCopyAsMetadataOnly() throws IOException {
    byte[] content = LayerFixture.random(1, 6_000);
    byte[] other = LayerFixture.random(2, 6_000);
    check(
        new ImageFixture()
            .layer(new LayerFixture().file("same", content).file("differs", content))
            .layer(
                new LayerFixture()
                    .mode(0755)
                    .owner(33)
                    .file("same", content)
                    .file("differs", other)),
        24_000,
        new Waste("differs", "overwritten", 6_000, 0, 1),
        new Waste("same", "metadata-only", 6_000, 0, 1));
  }

  @Test
  void aFolderOverAFolderKeepsWhatIsInIt() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().folder("d").file("d/a", 10))
            .layer(new LayerFixture().owner(5).folder("d")),
        10);
  }

  @Test
  void aFileOverAFolderRemovesWhatWasInIt() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().folder("d").file("d/a", 10))
            .layer(new LayerFixture().file("d", 20)),
        30,
        new Waste("d/a", "deleted", 10, 0, 1));
  }

  @Test
  void aFolderOverAFileTakesItsPlace() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().file("d", 10))
            .layer(new LayerFixture().folder("d").file("d/a", 20)),
        30,
        new Waste("d", "overwritten", 10, 0, 1));
  }

  @Test
  void hardLinkedBytesAreWasteWhenTheLastNameGoes() throws IOException {
    ImageFixture image =
        new ImageFixture()
            .layer(
                new LayerFixture()
                    .file("cache/a", 800)
                    .hardLink("lib/a", "cache/a")
                    .file("cache/b", 90)
                    .hardLink("lib/b", "cache/b"))
            .layer(new LayerFixture().whiteout("cache"))
            .layer(new LayerFixture().whiteout("lib/b"));
    check(image, 890, new Waste("cache/b", "deleted", 90, 0, 2));
  }

  @Test
  void aHardLinkToALowerLayerKeepsTheBytesAlive() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().file("a", 800))
            .layer(new LayerFixture().hardLink("b", "a"))
            .layer(new LayerFixture().whiteout("a")),
        800);
  }

  @Test
  void ofTwoEntriesOfOnePathInALayerTheLastCounts() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().file("a", 30).file("b", 1).file("./a", new byte[50])),
        81,
        new Waste("a", "overwritten", 30, 0, 0));
  }

  @Test
  void aLayerWritesThroughASymbolicLinkOfALowerLayer() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().symlink("lib", "usr/lib").file("usr/lib/x", 40))
            .layer(new LayerFixture().file("lib/x", 70))
            .layer(new LayerFixture().whiteout("lib/x")),
        110,
        new Waste("usr/lib/x", "overwritten", 40, 0, 1),
        new Waste("usr/lib/x", "deleted", 70, 1, 2));
  }

  @Test
  void deletedAndCreatedAgainIsTwoStories() throws IOException {
    check(
        new ImageFixture()
            .layer(new LayerFixture().file("d/a", 40))
            .layer(new LayerFixture().whiteout("d"))
            .layer(new LayerFixture().file("d/a", 41))
            .layer(new LayerFixture().opaque("d")),
        81,
        new Waste("d/a", "deleted", 40, 0, 1),
        new Waste("d/a", "deleted", 41, 2, 3));
  }

  private void check(ImageFixture image, long stored, Waste... expected) throws IOException {
    for (byte[] archive :
        List.of(
            image.dockerArchive(),
            image.kanikoArchive(),
            image.ociArchive(ImageFixture.Packing.ZSTD),
            ImageFixture.pack(image.dockerArchive(), ImageFixture.Packing.GZIP))) {
      Path file = Files.write(folder.resolve("image.tar"), archive);
      try (ImageSource source =
          new ArchiveOpener().open(ImageRequest.of(file.toString(), Wanted.NOTHING))) {
        ImageTree tree = ImageTree.of(source);
        List<Waste> waste = WasteFinder.find(tree, source);
        assertEquals(List.of(expected), waste);
        assertEquals(stored, tree.storedBytes());
        assertEquals(stored - tree.liveBytes(), waste.stream().mapToLong(Waste::bytes).sum());
        assertEquals(List.of(), source.issues());
      }
    }
  }
}
