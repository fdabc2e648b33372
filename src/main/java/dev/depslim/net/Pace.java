package dev.depslim.net;

import java.time.Duration;

/// How patient a client is.
///
/// @param parallel questions to one server at a time
/// @param tries how often one question is asked
/// @param connect time to reach a server
/// @param silence time without a byte
/// @param whole time for one answer
/// @param pause before the second try; twice as long before each further one
/// @param longestPause also where a server asks for more patience: then the question is given up
/// @param failures so many in a row, and a server is not asked any more
public record Pace(
    int parallel,
    int tries,
    Duration connect,
    Duration silence,
    Duration whole,
    Duration pause,
    Duration longestPause,
    int failures) {
  /// For registries.
  public static final Pace USUAL =
      new Pace(
          12,
          4,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofMinutes(2),
          Duration.ofMillis(250),
          Duration.ofSeconds(20),
          6);
}
