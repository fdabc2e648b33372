package dev.depslim.ecosystem.python;

import dev.depslim.net.Answer;
import dev.depslim.net.BodyReader;
import dev.depslim.net.Credentials;
import dev.depslim.net.Http;
import dev.depslim.net.Request;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Reads what a wheel unpacks to from the directory at its end, by asking for that part of the file
/// only (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16, with ZIP64).
final class WheelDirectory {
  private static final String ACCEPT = "*/*";
  private static final int TAIL = 64 << 10;
  private static final long MAX_DIRECTORY = 64 << 20;

  /// Servers that serve no parts send all of the file.
  private static final long MAX_WHOLE = 32 << 20;

  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int ENTRY = 0x02014b50;
  private static final int END_BYTES = 22;
  private static final int END_64_BYTES = 56;
  private static final int LOCATOR_BYTES = 20;
  private static final int ENTRY_BYTES = 46;

  private final Http http;
  private final Credentials credentials;

  WheelDirectory(Http http, Credentials credentials) {
    this.http = http;
    this.credentials = credentials;
  }

  /// A part of a file up to its end, or another part.
  ///
  /// @param start where in the file it begins
  private record Part(long start, ByteBuffer bytes) {}

  /// Where the directory lies in the file.
  private record Directory(long start, long bytes) {}

  /// The bytes of all files in a wheel, unpacked.
  ///
  /// @param bytes size of the wheel, or null where it is not known
  Answer<Long> unpackedBytes(URI wheel, @Nullable Long bytes) {
    return tail(wheel, bytes)
        .then(tail -> {
          Directory directory = directory(tail);
          if (directory == null) {
            return unusable(wheel, "has no directory of a wheel");
          }
          if (directory.bytes() > MAX_DIRECTORY) {
            return unusable(wheel, "has a directory of more than 64 MiB");
          }
          if (directory.start() >= tail.start()) {
            int from = (int) (directory.start() - tail.start());
            return summed(
                wheel,
                tail.bytes().slice(from, (int) directory.bytes()).order(ByteOrder.LITTLE_ENDIAN));
          }
          String range =
              "bytes=" + directory.start() + "-" + (directory.start() + directory.bytes() - 1);
          Answer<Part> rest = part(Request.of(wheel, ACCEPT, MAX_DIRECTORY, credentials), range);
          return rest.then(part ->
              part.start() == directory.start() && part.bytes().remaining() >= directory.bytes()
                  ? summed(wheel, part.bytes())
                  : unusable(wheel, "is not served in parts"));
        });
  }

  private static <T> Answer<T> unusable(URI wheel, String what) {
    return new Answer.Refused<>(0, Archives.fileName(wheel.toString()) + " " + what);
  }

  /// The end of the file: named from its beginning where the size is known, which more servers
  /// understand.
  private Answer<Part> tail(URI wheel, @Nullable Long bytes) {
    Request request = Request.of(wheel, ACCEPT, MAX_WHOLE, credentials);
    if (bytes != null && bytes > 0) {
      return part(request, "bytes=" + Math.max(0, bytes - TAIL) + "-" + (bytes - 1));
    }
    Answer<Part> tail = part(request, "bytes=-" + TAIL);
    boolean misunderstood =
        tail instanceof Answer.Refused<Part>(int status, _)
            && (status == 400 || status == 416 || status == 501);
    if (!misunderstood) {
      return tail;
    }
    return http.get(
            request.part("bytes=0-0", MAX_WHOLE),
            (head, _) -> head.isPart() ? head.whole() : head.length())
        .then(whole -> whole > 0 ? tail(wheel, whole) : unusable(wheel, "has no size"));
  }

  private Answer<Part> part(Request request, String range) {
    return http.get(request.part(range, request.limit()), WheelDirectory::read);
  }

  private static Part read(BodyReader.Head head, InputStream body) throws java.io.IOException {
    if (!head.isPart() && head.length() > MAX_WHOLE) {
      throw new BodyReader.Unusable(
          "serves no parts of files, and a wheel of "
              + head.length() / 1_000_000
              + " MB is not fetched for its size");
    }
    if (head.isPart() && head.start() < 0) {
      throw new BodyReader.Unusable("does not say which part of a file it serves");
    }
    byte[] bytes = body.readAllBytes();
    if (head.length() >= 0 && bytes.length != head.length()) {
      throw new java.io.EOFException();
    }
    return new Part(
        head.isPart() ? head.start() : 0, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /// Null where the end of a wheel is not there.
  private static @Nullable Directory directory(Part tail) {
    ByteBuffer bytes = tail.bytes();
    for (int at = bytes.limit() - END_BYTES; at >= 0; at--) {
      boolean end =
          bytes.getInt(at) == END
              && at + END_BYTES + (bytes.getShort(at + 20) & 0xffff) == bytes.limit();
      if (end) {
        return directory(tail, at);
      }
    }
    return null;
  }

  /// The directory ends where the record of the end begins, whatever lies before the archive.
  private static @Nullable Directory directory(Part tail, int at) {
    ByteBuffer bytes = tail.bytes();
    long size = bytes.getInt(at + 12) & 0xffffffffL;
    long offset = bytes.getInt(at + 16) & 0xffffffffL;
    int entries = bytes.getShort(at + 10) & 0xffff;
    long end = tail.start() + at;
    int locator = at - LOCATOR_BYTES;
    boolean large = size == 0xffffffffL || offset == 0xffffffffL || entries == 0xffff;
    if (large && locator >= 0 && bytes.getInt(locator) == LOCATOR_64) {
      int record = (int) (bytes.getLong(locator + 8) - tail.start());
      if (record < 0 || record + END_64_BYTES > locator || bytes.getInt(record) != END_64) {
        return null;
      }
      size = bytes.getLong(record + 40);
      end = tail.start() + record;
    }
    return size < 0 || size > end ? null : new Directory(end - size, size);
  }

  private static Answer<Long> summed(URI wheel, ByteBuffer directory) {
    long sum = 0;
    int at = 0;
    while (at + ENTRY_BYTES <= directory.limit() && directory.getInt(at) == ENTRY) {
      int name = directory.getShort(at + 28) & 0xffff;
      int extra = directory.getShort(at + 30) & 0xffff;
      int next = at + ENTRY_BYTES + name + extra + (directory.getShort(at + 32) & 0xffff);
      if (next > directory.limit()) {
        break;
      }
      boolean folder = name > 0 && directory.get(at + ENTRY_BYTES + name - 1) == '/';
      long bytes = directory.getInt(at + 24) & 0xffffffffL;
      if (bytes == 0xffffffffL) {
        bytes = large(directory, at + ENTRY_BYTES + name, extra);
      }
      sum += folder ? 0 : bytes;
      at = next;
    }
    return at == directory.limit() && sum >= 0
        ? new Answer.Got<>(sum)
        : unusable(wheel, "has a damaged directory");
  }

  /// The size of a file of 4 GiB and more: the first number of the field 1.
  private static long large(ByteBuffer directory, int start, int length) {
    for (int at = start; at + 4 <= start + length; ) {
      int size = directory.getShort(at + 2) & 0xffff;
      if (directory.getShort(at) == 1 && size >= 8 && at + 12 <= start + length) {
        return directory.getLong(at + 4);
      }
      at += 4 + size;
    }
    return 0xffffffffL;
  }
}
