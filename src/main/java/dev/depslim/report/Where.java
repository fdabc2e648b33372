package dev.depslim.report;

import dev.depslim.model.Location;

/// Places as terminals and editors link them.
final class Where {
  private Where() {}

  /// `path:line`, or the path where no line is known.
  static String line(Location location) {
    return location.line() == 0 ? location.path() : location.path() + ":" + location.line();
  }
}
