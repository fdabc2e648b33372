package dev.depslim.image.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an engine on this machine keeps the layers of an image, as far as they can be read.
sealed interface StorageFolders {
  /// Folders of the overlay2 driver.
  ///
  /// @param folders one for each layer, lowest first
  /// @param config the configuration of the image, byte for byte
  record Readable(List<Path> folders, byte[] config) implements StorageFolders {}

  /// There are none, or their marks cannot be seen.
  ///
  /// @param why null where there is nothing to be said about it
  record Unreadable(@Nullable String why) implements StorageFolders {}

  /// Looks at what the engine tells of an image (`GraphDriver` of `GET /images/NAME/json`).
  static StorageFolders of(Tree.Mapping inspected) {
    Tree.Mapping driver = inspected.mapping("GraphDriver");
    Tree.Mapping data = driver == null ? null : driver.mapping("Data");
    String upper = data == null ? null : data.string("UpperDir");
    if (driver == null || data == null || upper == null) {
      return new Unreadable(null);
    }
    if (!"overlay2".equals(driver.string("Name"))) {
      return new Unreadable(null);
    }
    List<Path> folders = folders(upper, data.string("LowerDir"));
    try {
      for (Path folder : folders) {
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
          return new Unreadable(
              "the folders of the engine cannot be read by this user; as root they could, which is"
                  + " faster");
        }
      }
      String blind = blindness();
      if (blind != null) {
        return new Unreadable(blind);
      }
      return withConfig(inspected, folders);
    } catch (IOException e) {
      return new Unreadable("the folders of the engine cannot be read: " + e.getMessage());
    }
  }

  private static List<Path> folders(String upper, @Nullable String lower) {
    List<Path> folders = new ArrayList<>();
    folders.add(Path.of(upper));
    if (lower != null && !lower.isEmpty()) {
      Arrays.stream(lower.split(":")).map(Path::of).forEach(folders::add);
    }
    Collections.reverse(folders);
    return folders;
  }

  /// The configuration lies beside the folders. Its digest is the identity of the image, which also
  /// shows that the folders are those of the engine that was asked.
  private static StorageFolders withConfig(Tree.Mapping inspected, List<Path> folders)
      throws IOException {
    String id = String.valueOf(inspected.string("Id"));
    // ROOT/overlay2/ID/diff
    Path layer = folders.getFirst().getParent();
    Path driver = layer == null ? null : layer.getParent();
    if (driver == null || !id.startsWith("sha256:")) {
      return new Unreadable(null);
    }
    Path file =
        driver
            .resolveSibling("image/overlay2/imagedb/content/sha256")
            .resolve(id.substring("sha256:".length()));
    byte[] config = Files.readAllBytes(file);
    if (!Sha256.of(config).equals(id)) {
      return new Unreadable(file + " is not the configuration of " + id);
    }
    if (ImageConfig.read(config).diffIds().size() != folders.size()) {
      return new Unreadable(
          "the engine names " + folders.size() + " folders for another number of layers");
    }
    return new Readable(List.copyOf(folders), config);
  }

  /// Why `trusted.*` attributes cannot be seen, or null. Without the capability the kernel does not
  /// refuse: it answers that there are none, and opaque folders would be taken for plain ones.
  private static @Nullable String blindness() throws IOException {
    if (!hasAdministration(Path.of("/proc/self/status"))
        || !Files.readString(Path.of("/proc/self/uid_map"), US_ASCII)
            .strip()
            .matches("0\\s+0\\s+4294967295")) {
      return "the folders of the engine are not used, for without CAP_SYS_ADMIN the marks of opaque"
          + " folders cannot be seen";
    }
    Path metacopy = Path.of("/sys/module/overlay/parameters/metacopy");
    if (Files.exists(metacopy) && Files.readString(metacopy, US_ASCII).strip().equals("Y")) {
      return "the folders of the engine are not used, for overlayfs runs with metacopy";
    }
    return null;
  }

  /// Bit 21 of the effective capabilities (capabilities(7)).
  private static boolean hasAdministration(Path status) throws IOException {
    for (String line : Files.readAllLines(status, US_ASCII)) {
      if (line.startsWith("CapEff:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> 21 & 1) == 1;
      }
    }
    return false;
  }
}
