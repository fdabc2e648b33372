package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SlimForm.SlimFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// An empty wheel with a name and a version ("Binary distribution format"), which stands in a trial
/// for a package that would have to be built: the rest is resolved as if it were there.
final class StubWheel {
  /// The folder of such wheels in a scratch folder.
  static final String FOLDER = "depslim-stubs";

  private StubWheel() {}

  /// @param name normalised
  static SlimFile of(String name, String version, List<String> extras) {
    String stem = name.replace('-', '_') + "-" + version;
    String info = stem + ".dist-info/";
    Map<String, String> entries = new LinkedHashMap<>();
    StringBuilder metadata = new StringBuilder();
    metadata.append("Metadata-Version: 2.1\nName: ").append(name);
    metadata.append("\nVersion: ").append(version).append('\n');
    extras.forEach(extra -> metadata.append("Provides-Extra: ").append(extra).append('\n'));
    entries.put(info + "METADATA", metadata.toString());
    entries.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: depslim\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    List<String> names = new ArrayList<>(entries.keySet());
    names.add(info + "RECORD");
    entries.put(info + "RECORD", String.join(",,\n", names) + ",,\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> one : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(one.getKey());
        entry.setTime(315532800000L); // the first year that a zip knows: the same bytes every time
        zip.putNextEntry(entry);
        zip.write(one.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SlimFile(FOLDER + "/" + stem + "-py3-none-any.whl", bytes.toByteArray(), null);
  }

  /// `sha256:…` as pip writes it.
  static String hash(SlimFile wheel) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(wheel.content());
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
