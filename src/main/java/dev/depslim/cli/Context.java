package dev.depslim.cli;

/// What every command is given.
///
/// @param version version of depslim
record Context(Streams streams, String version) {}
