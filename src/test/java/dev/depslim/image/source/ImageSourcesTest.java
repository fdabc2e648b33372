package dev.depslim.image.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.image.ImageFixture;
import dev.depslim.image.ImageFixture.Packing;
import dev.depslim.image.LayerFixture;
import dev.depslim.image.layer.LayerIndex;
import dev.depslim.image.layer.Limits;
import dev.depslim.image.layer.Wanted;
import dev.depslim.model.DepslimException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourcesTest {
  private static final ImageOpeners OPENERS =
      new ImageOpeners(List.of(new ArchiveOpener(), new LayoutOpener()));

  @TempDir private Path folder;

  private static ImageFixture image() {
    LayerFixture base =
        new LayerFixture()
            .folder("a")
            .file("a/x", 5_000)
            .file("a/package.json", "{}")
            .symlink("l", "a");
    return new ImageFixture()
        .label("org.opencontainers.image.base.name", "debian:12")
        .layer(base, "ADD base")
        .emptyLayer("ENV A=b")
        .layer(new LayerFixture().file("store/1", "{1}").hardLink("z/package.json", "store/1"))
        .layer(new LayerFixture().whiteout("a/x"), "RUN rm");
  }

  private String write(byte[] archive) throws IOException {
    return Files.write(folder.resolve("image.tar"), archive).toString();
  }

  private static ImageRequest request(String reference, @Nullable String platform) {
    return new ImageRequest(
        reference, platform, (folder, name) -> name.equals("package.json"), true, Limits.DEFAULT);
  }

  private static ImageSource open(String reference) {
    return OPENERS.open(request(reference, null));
  }

  @Test
  void theSameImageIsTheSameThroughEverySource() throws IOException {
    ImageFixture image = image();
    Map<String, byte[]> archives = new LinkedHashMap<>();
    archives.put("docker-archive", image.dockerArchive());
    archives.put("docker-archive kaniko", image.kanikoArchive());
    for (Packing packing : Packing.values()) {
      archives.put("docker-archive 25 " + packing, image.dockerOciArchive(packing));
      archives.put("oci-archive " + packing, image.ociArchive(packing));
      archives.put(
          "docker-archive as " + packing, ImageFixture.pack(image.dockerArchive(), packing));
    }
    for (Map.Entry<String, byte[]> archive : archives.entrySet()) {
      try (ImageSource source = open(write(archive.getValue()))) {
        assertEquals(archive.getKey().split(" ", -1)[0], source.source());
        same(image, source);
      }
      try (ImageSource source =
          ArchiveStream.read(
              new ByteArrayInputStream(archive.getValue()),
              request("app:1", null),
              "docker-engine",
              null)) {
        assertEquals("docker-engine", source.source());
        assertEquals(3, source.layers().size());
      }
    }
    for (Packing packing : Packing.values()) {
      Path layout = folder.resolve("layout-" + packing);
      image.ociLayout(layout, packing);
      try (ImageSource source = open(layout.toString())) {
        assertEquals("oci-layout", source.source());
        same(image, source);
      }
    }
  }

  private static void same(ImageFixture image, ImageSource source) {
    assertEquals("linux/amd64", source.platform());
    assertEquals(ImageFixture.digest(image.config().getBytes(UTF_8)), source.id());
    assertEquals(List.of("app:1"), source.tags());
    assertEquals("debian:12", source.annotations().get("org.opencontainers.image.base.name"));
    assertEquals(image.diffIds(), source.layers().stream().map(ImageSource.Layer::diffId).toList());
    assertEquals(
        List.of("ADD base", "RUN step 1", "RUN rm"),
        source.layers().stream().map(ImageSource.Layer::createdBy).toList());
    assertTrue(source.layers().stream().allMatch(ImageSource.Layer::verified));
    LayerIndex first = source.layers().getFirst().entries();
    assertArrayEquals("{}".getBytes(UTF_8), first.content(3));
    assertEquals("a", first.linkTarget(4));
  }

  @Test
  void aWantedHardLinkBringsTheContentOfItsFirstName() throws IOException {
    for (byte[] archive : List.of(image().dockerArchive(), image().kanikoArchive())) {
      try (ImageSource source = open(write(archive))) {
        LayerIndex index = source.layers().get(1).entries();
        assertEquals("z/package.json", index.path(4));
        assertArrayEquals("{1}".getBytes(UTF_8), index.content(4));
      }
    }
  }

  @Test
  void aRepeatedLayerIsALinkInOlderArchives() throws IOException {
    LayerFixture layer = new LayerFixture().file("a", 10);
    byte[] bytes = layer.build();
    ImageFixture image = new ImageFixture().layer(layer).layer(new LayerFixture().file("b", 1));
    image.layers().set(1, bytes);
    try (ImageSource source = open(write(image.dockerArchive()))) {
      assertEquals(
          List.of(10L, 10L),
          source.layers().stream().map(each -> each.entries().storedBytes()).toList());
    }
  }

  @Test
  void oneOfSeveralImagesIsChosenByItsName() throws IOException {
    ImageFixture other =
        new ImageFixture()
            .tag("registry.example/team/web:2")
            .layer(new LayerFixture().file("w", 7));
    String path = write(ImageFixture.dockerArchive(image(), other));
    try (ImageSource source = open(path)) {
      assertEquals(List.of("app:1"), source.tags());
      assertEquals(
          path
              + ": warning: holds several images; app:1 (linux/amd64) is read. Name another behind"
              + " the file, as in "
              + path
              + ":registry.example/team/web:2. There are also: registry.example/team/web:2"
              + " (linux/amd64)",
          source.issues().getFirst().toString());
    }
    for (String name : List.of("registry.example/team/web:2", "team/web:2", "web:2", "2")) {
      try (ImageSource source = open("archive:" + path + ":" + name)) {
        assertEquals(7, source.layers().getFirst().entries().storedBytes());
        assertEquals(List.of(), source.issues());
      }
    }
    assertEquals(
        path
            + ": no image nginx in it; there are: app:1 (linux/amd64); registry.example/team/web:2"
            + " (linux/amd64)",
        failure(path + ":nginx"));
  }

  private static String failure(String reference) {
    return String.valueOf(
        assertThrows(DepslimException.class, () -> open(reference).close()).getMessage());
  }

  @Test
  void thePlatformIsChosenThroughNestedIndexesAndAttestationsAreSkipped() throws IOException {
    Map<String, Object> files = new LinkedHashMap<>();
    ImageFixture arm =
        new ImageFixture().architecture("arm64").layer(new LayerFixture().file("arm", 3));
    ImageFixture intel = new ImageFixture().layer(new LayerFixture().file("intel", 4));
    String inner =
        ImageFixture.index(
            platform(arm, "linux", "arm64", files),
            platform(intel, "linux", "amd64", files),
            platform(new ImageFixture(), "unknown", "unknown", files),
            missing("s390x"));
    byte[] index = inner.getBytes(UTF_8);
    files.put("blobs/sha256/" + ImageFixture.digest(index).substring(7), index);
    files.put(
        "index.json",
        ImageFixture.index(
                ImageFixture.descriptor("application/vnd.oci.image.index.v1+json", index))
            .getBytes(UTF_8));
    String path = write(ImageFixture.archive(files));
    for (String name : List.of("arm64", "amd64")) {
      try (ImageSource source = OPENERS.open(request(path, "linux/" + name))) {
        assertEquals("linux/" + name, source.platform());
      }
    }
    assertEquals(
        path
            + ": no image for linux/s390x in it; choose with --platform one of: linux/arm64,"
            + " linux/amd64",
        assertThrows(
                DepslimException.InvalidInput.class,
                () -> OPENERS.open(request(path, "linux/s390x")))
            .getMessage());
    assertThrows(DepslimException.Usage.class, () -> OPENERS.open(request(path, "arm")));
  }

  private static String platform(
      ImageFixture image, String os, String architecture, Map<String, Object> files) {
    byte[] manifest = image.ociBlobs(Packing.GZIP, files);
    files.put("blobs/sha256/" + ImageFixture.digest(manifest).substring(7), manifest);
    return ImageFixture.descriptor("application/vnd.oci.image.manifest.v1+json", manifest)
        .replaceAll(
            "}$",
            ",\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture + "\"}}");
  }

  private static String missing(String architecture) {
    return ImageFixture.descriptor(
            "application/vnd.oci.image.manifest.v1+json", architecture.getBytes(UTF_8))
        .replaceAll(
            "}$", ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}}");
  }

  @Test
  void theOnlyImageIsTakenWhateverItsPlatform() throws IOException {
    ImageFixture image =
        new ImageFixture().architecture("riscv64").layer(new LayerFixture().file("a", 1));
    try (ImageSource source = open(write(image.ociArchive(Packing.GZIP)))) {
      assertEquals("linux/riscv64", source.platform());
      assertEquals(List.of(), source.issues());
    }
  }

  @Test
  void missingBlobsAreNamed() throws IOException {
    Map<String, Object> files = image().ociFiles(Packing.GZIP);
    files.remove(files.keySet().iterator().next());
    assertTrue(failure(write(ImageFixture.archive(files))).contains("blobs are missing of"));
  }

  @Test
  void aLayerThatIsNotTheOneOfTheConfigurationIsAnIssue() throws IOException {
    Map<String, Object> files = new LinkedHashMap<>();
    ImageFixture image = image();
    files.put("c.json", image.config().getBytes(UTF_8));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      files.put(
          i + ".tar", i == 1 ? new LayerFixture().file("other", 1).build() : image.layers().get(i));
      names.add("\"" + i + ".tar\"");
    }
    files.put(
        "manifest.json", ("[{\"Config\":\"c.json\",\"Layers\":" + names + "}]").getBytes(UTF_8));
    try (ImageSource source = open(write(ImageFixture.archive(files)))) {
      assertFalse(source.layers().get(1).verified());
      assertTrue(source.issues().getFirst().message().startsWith("layer 1 has the digest sha256:"));
    }
  }

  @Test
  void whereHistoryAndLayersDisagreeNothingIsGuessed() throws IOException {
    ImageFixture image = image();
    image.layers().removeLast();
    try (ImageSource source = open(write(image.dockerArchive()))) {
      assertEquals(2, source.layers().size());
      assertNull(source.layers().getFirst().createdBy());
      assertEquals(image.diffIds().getFirst(), source.layers().getFirst().diffId());
    }
  }

  @Test
  void damagedArchivesAreErrorsThatNameTheLayer() throws IOException {
    byte[] packed = image().kanikoArchive();
    for (int length = 0; length < packed.length; length += 97) {
      String path = write(Arrays.copyOf(packed, length));
      try (ImageSource source = open(path)) {
        assertEquals(3, source.layers().size());
      } catch (DepslimException.InvalidInput e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(path), e.toString());
      }
    }
    for (Packing packing : Packing.values()) {
      byte[] layout = image().ociArchive(packing);
      for (int at = 512; at < layout.length; at += 331) {
        byte[] damaged = layout.clone();
        damaged[at] ^= 0x55;
        String path = write(damaged);
        try (ImageSource source = open(path)) {
          assertEquals("linux/amd64", source.platform());
        } catch (DepslimException.InvalidInput e) {
          assertTrue(String.valueOf(e.getMessage()).startsWith(path), e.toString());
        }
      }
    }
  }

  @Test
  void aLayerThatUnpacksToFarTooMuchIsRefused() throws IOException {
    String path =
        write(
            new ImageFixture()
                .layer(new LayerFixture().file("zeros", new byte[4_000_000]))
                .kanikoArchive());
    ImageRequest request =
        new ImageRequest(
            path, null, Wanted.NOTHING, false, new Limits(10, 10, 100, 10, 10, 1_000_000, 100));
    String message =
        String.valueOf(
            assertThrows(DepslimException.InvalidInput.class, () -> OPENERS.open(request))
                .getMessage());
    assertTrue(message.contains("taken for a bomb, not read"), message);
  }

  @Test
  void anUnknownReferenceTellsWhatWasTried() {
    assertEquals(
        "nothing: no such image; looked for a file, then a folder with oci-layout; mend it, or choose"
            + " the source with archive:, oci: before it",
        failure("nothing"));
    assertEquals(
        "nothing: there is no such file; mend the path, or make one with docker save -o",
        failure("archive:nothing"));
    assertEquals(
        "nothing: there is no such folder; name one with oci-layout in it", failure("oci:nothing"));
  }

  @Test
  void aPathIsNotAskedOfTheEngine() {
    EngineOpener engine = EngineOpener.docker();
    assertTrue(engine.claims("team/app:1"));
    assertFalse(engine.claims("./app.tar"));
    assertFalse(engine.claims("/tmp/app.tar"));
    assertFalse(engine.claims(""));
  }

  @Test
  void theOtherKindOfPathSaysWhichPrefixReadsIt() throws IOException {
    String file = write(image().dockerArchive());
    assertEquals(file + ": is a file, not a folder; archive: reads files", failure("oci:" + file));
    assertEquals(
        folder + ": is a folder, not a file; oci: reads folders", failure("archive:" + folder));
  }

  @Test
  void aFolderThatIsNoLayoutSaysSo() {
    String message = failure(folder.toString());
    assertTrue(
        message.startsWith(folder + ": neither manifest.json nor index.json in it"), message);
  }

  @Test
  void anArchiveThatEndsTooEarlySaysWhereAndWhatToDo() throws IOException {
    byte[] whole = image().dockerArchive();
    String message = failure(write(Arrays.copyOf(whole, whole.length / 2)));
    assertTrue(message.contains(": cannot be read as a saved image: the archive ends"), message);
    assertTrue(message.endsWith("make it again with docker save -o"), message);
    byte[] packed = ImageFixture.pack(whole, Packing.GZIP);
    message = failure(write(Arrays.copyOf(packed, packed.length / 2)));
    assertTrue(message.contains(": cannot be read as a saved image: "), message);
  }

  @Test
  void aNameThatIsNotInTheArchiveIsToldWithThoseThatAre() throws IOException {
    ImageFixture other = new ImageFixture().tag("w:2").layer(new LayerFixture().file("w", 7));
    String path = write(ImageFixture.dockerArchive(image(), other));
    assertEquals(
        path + ": no image x in it; there are: app:1 (linux/amd64); w:2 (linux/amd64)",
        failure(path + ":x"));
  }

  @Test
  void theOutlineIsThatOfTheLayers() throws IOException {
    ImageFixture image = image();
    for (byte[] archive : List.of(image.dockerArchive(), image.ociArchive(Packing.GZIP))) {
      ImageOutline outline = OPENERS.outline(request(write(archive), null));
      assertEquals(image.diffIds(), outline.diffIds());
      assertEquals(4, outline.history().size());
    }
  }

  @Test
  void aTextIsNoImage() throws IOException {
    String path = write("some text".repeat(200).getBytes(UTF_8));
    assertEquals(
        path
            + ": cannot be read as a saved image: it is no tar archive; make it again with docker save"
            + " -o",
        failure(path));
  }
}
