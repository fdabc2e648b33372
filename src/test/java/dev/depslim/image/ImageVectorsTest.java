package dev.depslim.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.image.layer.EntryType;
import dev.depslim.image.layer.LayerIndex;
import dev.depslim.image.layer.LayerReader;
import dev.depslim.image.layer.Limits;
import dev.depslim.image.layer.StreamTarInput;
import dev.depslim.image.layer.Wanted;
import dev.depslim.image.source.ArchiveOpener;
import dev.depslim.image.source.ArchiveStream;
import dev.depslim.image.source.ImageRequest;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.DepslimException;
import dev.depslim.model.ImageReport.Waste;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Archives of other tools with what is in them, byte for byte; each is read from the file, from
/// the file with all digests verified, and as a stream.
class ImageVectorsTest {
  @TestFactory
  Stream<DynamicTest> everyArchiveIsReadAsExpected() throws IOException {
    String root = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        root != null, "DEPSLIM_VECTORS is not set: the folder with the conformance vectors");
    Path folder = Path.of(root, "images");
    Tree.Mapping expected =
        (Tree.Mapping) Json.parse(Files.readAllBytes(folder.resolve("expected.json")));
    assertTrue(expected.members().size() > 10);
    return expected.members().stream()
        .map(member ->
            DynamicTest.dynamicTest(
                member.name(),
                () -> check(folder.resolve(member.name()), (Tree.Mapping) member.value())));
  }

  private static void check(Path path, Tree.Mapping expected) throws IOException {
    if (expected.mapping("layer") != null) {
      layer(path, expected);
      return;
    }
    Tree.Sequence images = expected.sequence("images");
    if (images == null) {
      DepslimException.InvalidInput e =
          assertThrows(
              DepslimException.InvalidInput.class,
              () -> new ArchiveOpener().open(request(path.toString(), false)));
      assertTrue(String.valueOf(e.getMessage()).contains(string(expected, "error")), e.toString());
      return;
    }
    for (Tree item : images.items()) {
      Tree.Mapping image = (Tree.Mapping) item;
      List<String> tags = strings(image, "tags");
      String name = tags.isEmpty() ? "" : ":" + tags.getFirst();
      for (boolean verify : new boolean[] {false, true}) {
        try (ImageSource source = new ArchiveOpener().open(request(path + name, verify))) {
          image(source, image, verify);
          String format = string(expected, "format").replace("+oci", "");
          assertEquals(format, source.source());
        }
      }
      try (InputStream in = Files.newInputStream(path);
          ImageSource source =
              ArchiveStream.read(
                  in,
                  request(path.toString(), true),
                  "stream",
                  tags.isEmpty() ? null : tags.getFirst())) {
        image(source, image, true);
      }
    }
  }

  private static ImageRequest request(String reference, boolean verify) {
    return new ImageRequest(reference, null, Wanted.NOTHING, verify, Limits.DEFAULT);
  }

  private static void image(ImageSource source, Tree.Mapping expected, boolean verified)
      throws IOException {
    assertEquals(
        string(expected, "os") + "/" + string(expected, "architecture"), source.platform());
    assertEquals(strings(expected, "tags"), source.tags());
    List<ImageSource.History> history = new ArrayList<>();
    for (Tree item : items(expected, "history")) {
      Tree.Mapping step = (Tree.Mapping) item;
      history.add(new ImageSource.History(step.string("createdBy"), step.isTrue("emptyLayer")));
    }
    assertEquals(history, source.history());
    ImageTree tree = ImageTree.of(source);
    long[] live = tree.liveBytesByLayer();
    List<Tree> layers = items(expected, "layers");
    assertEquals(layers.size(), source.layers().size());
    long blobBytes = 0;
    for (int i = 0; i < layers.size(); i++) {
      layer(source.layers().get(i), (Tree.Mapping) layers.get(i), verified);
      assertEquals(number(layers.get(i), "liveBytes"), live[i]);
      blobBytes += number(layers.get(i), "blobBytes");
    }
    assertEquals(number(expected, "blobBytes"), blobBytes);
    assertEquals(number(expected, "storedBytes"), tree.storedBytes());
    assertEquals(number(expected, "liveBytes"), tree.liveBytes());
    assertEquals(number(expected, "livePaths"), tree.livePaths());
    groups(tree, expected);
    waste(WasteFinder.find(tree, source), expected);
  }

  private static void groups(ImageTree tree, Tree.Mapping expected) {
    int files = 0;
    int groups = 0;
    StoredEntries stored = tree.stored();
    for (int version = 0; version < stored.size(); version++) {
      if (stored.carrier(version) == version && stored.hasLiveBytes(version)) {
        files++;
        groups += stored.isShared(version) ? 1 : 0;
      }
    }
    assertEquals(number(expected, "liveFiles"), files);
    assertEquals(number(expected, "hardLinkGroups"), groups);
  }

  private static void waste(List<Waste> waste, Tree.Mapping expected) {
    TreeSet<String> rows = new TreeSet<>();
    Map<String, Long> causes = new TreeMap<>();
    for (Waste row : waste) {
      rows.add(
          row.path()
              + " "
              + row.kind()
              + " "
              + row.bytes()
              + " "
              + row.createdIn()
              + " "
              + row.removedIn());
      causes.merge(row.kind(), row.bytes(), Long::sum);
    }
    TreeSet<String> expectedRows = new TreeSet<>();
    for (Tree item : items(expected, "reclaimable")) {
      Tree.Mapping row = (Tree.Mapping) item;
      expectedRows.add(
          row.string("path")
              + " "
              + row.string("cause")
              + " "
              + number(row, "bytes")
              + " "
              + number(row, "storedIn")
              + " "
              + number(row, "removedIn"));
    }
    assertEquals(expectedRows, rows);
    Map<String, Long> expectedCauses = new TreeMap<>();
    for (Tree.Member member : mapping(expected, "reclaimableByCause").members()) {
      expectedCauses.put(
          member.name(), number(mapping(expected, "reclaimableByCause"), member.name()));
    }
    assertEquals(expectedCauses, causes);
    assertEquals(
        number(expected, "reclaimableBytes"), waste.stream().mapToLong(Waste::bytes).sum());
    assertEquals(number(expected, "reclaimableFiles"), waste.size());
  }

  private static void layer(ImageSource.Layer layer, Tree.Mapping expected, boolean verified) {
    assertEquals(string(expected, "diffId"), layer.diffId());
    assertEquals(verified, layer.verified());
    assertEquals(expected.string("createdBy"), layer.createdBy());
    assertEquals(number(expected, "blobBytes"), layer.blobBytes());
    assertEquals(number(expected, "tarBytes"), layer.tarBytes());
    assertEquals(string(expected, "compression"), layer.compression().id());
    counts(layer.entries(), expected);
  }

  private static void counts(LayerIndex index, Tree.Mapping expected) {
    Map<String, EntryType> types =
        Map.of(
            "dir", EntryType.FOLDER,
            "file", EntryType.FILE,
            "hardlink", EntryType.HARDLINK,
            "symlink", EntryType.SYMLINK,
            "other", EntryType.OTHER,
            "whiteouts", EntryType.WHITEOUT,
            "opaques", EntryType.OPAQUE);
    long entries = 0;
    for (Map.Entry<String, EntryType> type : types.entrySet()) {
      assertEquals(number(expected, type.getKey()), index.count(type.getValue()), type.getKey());
      entries += index.count(type.getValue());
    }
    assertEquals(number(expected, "entries"), entries);
    assertEquals(number(expected, "regularBytes"), index.storedBytes());
  }

  private static void layer(Path path, Tree.Mapping expected) throws IOException {
    LayerReader reader = new LayerReader(Wanted.NOTHING, Limits.DEFAULT, true);
    try (InputStream in = Files.newInputStream(path)) {
      reader.read(new StreamTarInput(in));
    }
    LayerIndex index = reader.index();
    counts(index, mapping(expected, "layer"));
    List<String> whiteouts = new ArrayList<>();
    List<String> opaque = new ArrayList<>();
    for (int entry = 0; entry < index.size(); entry++) {
      if (index.type(entry) == EntryType.WHITEOUT) {
        whiteouts.add(index.path(entry));
      } else if (index.type(entry) == EntryType.OPAQUE) {
        opaque.add(index.path(index.parent(entry)));
      }
    }
    assertEquals(strings(expected, "whiteouts"), whiteouts);
    assertEquals(strings(expected, "opaqueDirectories"), opaque);
  }

  private static long number(Tree tree, String name) {
    Tree value = ((Tree.Mapping) tree).get(name);
    return value instanceof Tree.Scalar scalar ? Long.parseLong(scalar.text()) : -1;
  }

  private static Tree.Mapping mapping(Tree.Mapping tree, String name) {
    return Objects.requireNonNull(tree.mapping(name), name);
  }

  private static List<Tree> items(Tree.Mapping tree, String name) {
    return Objects.requireNonNull(tree.sequence(name), name).items();
  }

  private static List<String> strings(Tree.Mapping tree, String name) {
    return Objects.requireNonNull(tree.sequence(name), name).strings();
  }

  private static String string(Tree.Mapping tree, String name) {
    String value = tree.string(name);
    assertTrue(value != null, name);
    return value;
  }
}
