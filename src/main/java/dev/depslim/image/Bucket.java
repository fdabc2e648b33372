package dev.depslim.image;

/// What bytes are that no package owns. Where a file has several names, the earlier one here wins.
enum Bucket {
  APPLICATION("application"),
  SYSTEM_STATE("system-state"),
  UNOWNED("unowned"),
  CACHE("cache");

  private final String id;

  Bucket(String id) {
    this.id = id;
  }

  /// The name used in reports.
  String id() {
    return id;
  }
}
