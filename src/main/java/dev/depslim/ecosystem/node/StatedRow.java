package dev.depslim.ecosystem.node;

import dev.depslim.model.Location;

/// A row of a section of dependencies, as a package.json or the copy of it in a lock states it.
///
/// @param section name of the section in package.json
/// @param spec as written, without white space around it
record StatedRow(String section, String name, String spec, Location location) {
  StatedRow {
    spec = spec.strip();
  }
}
