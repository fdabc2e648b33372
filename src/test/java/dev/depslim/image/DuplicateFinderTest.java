package dev.depslim.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.image.ImageFixture.Packing;
import dev.depslim.image.layer.Wanted;
import dev.depslim.image.source.ArchiveOpener;
import dev.depslim.image.source.ImageRequest;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.ImageReport.Duplicate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateFinderTest {
  @TempDir private Path folder;

  @Test
  void liveFilesOfEqualContentAreFoundThroughEverySource() throws IOException {
    byte[] content = LayerFixture.random(1, 200_000);
    byte[] endsElsewhere = content.clone();
    endsElsewhere[199_999]++;
    byte[] other = LayerFixture.random(2, 5_000);
    ImageFixture image =
        new ImageFixture()
            .layer(
                new LayerFixture()
                    .file("a", content)
                    .file("b", content)
                    .file("c", endsElsewhere)
                    .file("gone", content)
                    .file("x/1", other)
                    .hardLink("x/2", "x/1")
                    .file("small/1", "s")
                    .file("small/2", "s"))
            .layer(new LayerFixture().whiteout("gone").file("d", content).file("y", other));
    for (byte[] archive :
        List.of(
            image.dockerArchive(),
            image.ociArchive(Packing.GZIP),
            image.ociArchive(Packing.ZSTD))) {
      Path file = Files.write(folder.resolve("image.tar"), archive);
      try (ImageSource source =
          new ArchiveOpener().open(ImageRequest.of(file.toString(), Wanted.NOTHING))) {
        assertEquals(
            List.of(
                new Duplicate(400_000, List.of("a", "b", "d")),
                new Duplicate(5_000, List.of("x/1", "y"))),
            DuplicateFinder.find(ImageTree.of(source), source));
      }
    }
  }
}
