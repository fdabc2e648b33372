package dev.depslim.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Facts that do not change any more, such as the size of a published package, in one file: a line
/// for each, with a check sum. Lines that are damaged are passed over. A file that cannot be read
/// or written is no error: the facts are asked for again.
///
/// Keys and values are texts of one line that hold no secrets.
public final class FactStore implements AutoCloseable {
  private static final int MAX_FACTS = 200_000;
  private static final long MAX_BYTES = 64 << 20;

  private final @Nullable Path file;
  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final Map<String, String> added = new ConcurrentSkipListMap<>();

  private FactStore(@Nullable Path file) {
    this.file = file;
  }

  /// Facts that are forgotten at the end of the run.
  public static FactStore inMemory() {
    return new FactStore(null);
  }

  /// Facts of a file, which need not be there.
  public static FactStore in(Path file) {
    FactStore store = new FactStore(file);
    store.known.putAll(read(file));
    return store;
  }

  /// The folder of caches: `depslim` below `XDG_CACHE_HOME`, else below `~/.cache` (XDG Base
  /// Directory Specification); null where the user has no home.
  public static @Nullable Path folder(Map<String, String> environment) {
    String cache = environment.get("XDG_CACHE_HOME");
    if (cache != null && Path.of(cache).isAbsolute()) {
      return Path.of(cache, "depslim");
    }
    String home = environment.get("HOME");
    return home == null || home.isBlank() ? null : Path.of(home, ".cache", "depslim");
  }

  /// A fact, or null.
  public @Nullable String get(String key) {
    return known.get(key);
  }

  /// Keeps a fact.
  public void put(String key, String value) {
    if (isLine(key) && isLine(value)) {
      known.put(key, value);
      added.put(key, value);
    }
  }

  private static boolean isLine(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c != 0x7f);
  }

  /// Writes what is new, beside what another run may have written meanwhile.
  @Override
  public void close() {
    if (file == null || added.isEmpty()) {
      return;
    }
    Map<String, String> all = read(file);
    added.forEach((key, value) -> {
      all.remove(key);
      all.put(key, value);
    });
    StringBuilder text = new StringBuilder();
    int passed = all.size() - MAX_FACTS;
    for (Map.Entry<String, String> fact : all.entrySet()) {
      if (passed-- <= 0) {
        String line = fact.getKey() + "\t" + fact.getValue();
        text.append(sum(line)).append('\t').append(line).append('\n');
      }
    }
    try {
      write(file, text.toString());
      added.clear();
    } catch (IOException _) {
      // they are asked for again
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
    try {
      Files.writeString(temporary, text);
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException _) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// The facts of a file, the oldest first.
  private static Map<String, String> read(Path file) {
    Map<String, String> facts = new LinkedHashMap<>();
    String text;
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return facts;
      }
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return facts;
    }
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int sum = text.indexOf('\t', start);
      int key = sum < 0 ? -1 : text.indexOf('\t', sum + 1);
      if (key >= 0
          && key < end
          && text.substring(start, sum).equals(sum(text.substring(sum + 1, end)))) {
        facts.put(text.substring(sum + 1, key), text.substring(key + 1, end));
      }
      start = end + 1;
    }
    return facts;
  }

  private static String sum(String line) {
    CRC32 crc = new CRC32();
    crc.update(line.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }
}
