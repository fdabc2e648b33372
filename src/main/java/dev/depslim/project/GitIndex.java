package dev.depslim.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The files that git tracks, read from the index file of a work tree (gitformat-index(5), versions
/// 2 to 4); git itself and its configuration are never run or read.
final class GitIndex {
  private static final int FIXED = 62;

  private GitIndex() {}

  /// Paths relative to the work tree; empty where there is no index or none that can be read: then
  /// what `.gitignore` excludes is simply left out.
  static Set<String> tracked(Path workTree) {
    Path index = workTree.resolve(".git/index");
    try {
      return Files.isRegularFile(index) ? parse(Files.readAllBytes(index)) : Set.of();
    } catch (IOException | IndexOutOfBoundsException _) {
      return Set.of();
    }
  }

  static Set<String> parse(byte[] bytes) {
    if (bytes.length < 12 || number(bytes, 0) != 0x44495243) {
      return Set.of();
    }
    int version = number(bytes, 4);
    int entries = number(bytes, 8);
    if (version < 2 || version > 4) {
      return Set.of();
    }
    Set<String> paths = new HashSet<>();
    byte[] previous = new byte[0];
    int at = 12;
    for (int i = 0; i < entries; i++) {
      int flags = (bytes[at + 60] & 0xff) << 8 | (bytes[at + 61] & 0xff);
      int start = at + FIXED + (version >= 3 && (flags & 0x4000) != 0 ? 2 : 0);
      byte[] path;
      int end;
      if (version == 4) {
        int strip = 0;
        int b = bytes[start++] & 0xff;
        strip = b & 0x7f;
        while ((b & 0x80) != 0) {
          b = bytes[start++] & 0xff;
          strip = ((strip + 1) << 7) | (b & 0x7f);
        }
        end = zero(bytes, start);
        int keep = previous.length - strip;
        path = new byte[keep + end - start];
        System.arraycopy(previous, 0, path, 0, keep);
        System.arraycopy(bytes, start, path, keep, end - start);
        at = end + 1;
      } else {
        end = zero(bytes, start);
        path = java.util.Arrays.copyOfRange(bytes, start, end);
        at += (end - at + 8) & ~7;
      }
      previous = path;
      paths.add(new String(path, StandardCharsets.UTF_8));
    }
    return paths;
  }

  private static int zero(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != 0) {
      at++;
    }
    return at;
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }
}
