package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Severity;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The stored form of a [LayerIndex]: magic, version, columns one after the other, pools, contents,
/// issues, and the magic again, so that a cut file is noticed.
final class LayerIndexFormat {
  private static final int MAGIC = 0x44534c49; // DSLI

  /// Raised with every change, also of what the columns mean.
  static final int VERSION = 2;

  private LayerIndexFormat() {}

  static void write(EntryTable table, List<Issue> issues, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16));
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(table.size);
    ints(out, table.parent);
    ints(out, table.nameEnd);
    out.write(table.type, 0, table.size);
    longs(out, table.bytes);
    longs(out, table.modified);
    for (short mode : table.mode) {
      out.writeShort(mode);
    }
    ints(out, table.uid);
    ints(out, table.gid);
    out.writeBoolean(table.link != null);
    if (table.link != null) {
      ints(out, table.link);
    }
    out.writeBoolean(table.offset != null);
    if (table.offset != null) {
      longs(out, table.offset);
    }
    out.writeBoolean(table.hash != null);
    if (table.hash != null) {
      longs(out, table.hash);
    }
    bytes(out, table.names);
    bytes(out, table.targets);
    out.writeInt(table.contents.size());
    for (Map.Entry<Integer, byte[]> content : new TreeMap<>(table.contents).entrySet()) {
      out.writeInt(content.getKey());
      bytes(out, content.getValue());
    }
    out.writeInt(issues.size());
    for (Issue issue : issues) {
      out.writeByte(issue.severity().ordinal());
      bytes(out, issue.location().path().getBytes(UTF_8));
      bytes(out, issue.message().getBytes(UTF_8));
    }
    out.writeInt(MAGIC);
    out.flush();
  }

  static LayerIndex read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
    try {
      if (in.readInt() != MAGIC) {
        throw new LayerException("not a stored layer index");
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new LayerException("a layer index of version " + version + ", not " + VERSION);
      }
      return body(in);
    } catch (EOFException e) {
      throw new LayerException("the stored layer index ends too early", e);
    }
  }

  private static LayerIndex body(DataInputStream in) throws IOException {
    int size = length(in, Limits.DEFAULT.entries());
    EntryTable table = new EntryTable(size);
    table.size = size;
    table.parent = ints(in, size);
    table.nameEnd = ints(in, size);
    table.type = exactly(in, size);
    table.bytes = longs(in, size);
    table.modified = longs(in, size);
    for (int i = 0; i < size; i++) {
      table.mode[i] = in.readShort();
    }
    table.uid = ints(in, size);
    table.gid = ints(in, size);
    table.link = in.readBoolean() ? ints(in, size) : null;
    table.offset = in.readBoolean() ? longs(in, size) : null;
    table.hash = in.readBoolean() ? longs(in, 2 * size) : null;
    table.names = bytes(in);
    table.targets = bytes(in);
    table.targetsSize = table.targets.length;
    for (int left = length(in, size); left > 0; left--) {
      int entry = in.readInt();
      table.contents.put(entry, bytes(in));
    }
    List<Issue> issues = new ArrayList<>();
    for (int left = length(in, 1 << 16); left > 0; left--) {
      Severity severity = Severity.values()[in.readByte()];
      String path = new String(bytes(in), UTF_8);
      String message = new String(bytes(in), UTF_8);
      issues.add(new Issue(severity, Location.of(path), message));
    }
    if (in.readInt() != MAGIC) {
      throw new LayerException("the stored layer index is damaged");
    }
    return new LayerIndex(table, issues);
  }

  private static void ints(DataOutputStream out, int[] column) throws IOException {
    for (int value : column) {
      out.writeInt(value);
    }
  }

  private static int[] ints(DataInputStream in, int size) throws IOException {
    int[] column = new int[size];
    for (int i = 0; i < size; i++) {
      column[i] = in.readInt();
    }
    return column;
  }

  private static void longs(DataOutputStream out, long[] column) throws IOException {
    for (long value : column) {
      out.writeLong(value);
    }
  }

  private static long[] longs(DataInputStream in, int size) throws IOException {
    long[] column = new long[size];
    for (int i = 0; i < size; i++) {
      column[i] = in.readLong();
    }
    return column;
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return exactly(in, length(in, Integer.MAX_VALUE - 16));
  }

  private static byte[] exactly(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static int length(DataInputStream in, int most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw new LayerException("the stored layer index is damaged");
    }
    return length;
  }
}
