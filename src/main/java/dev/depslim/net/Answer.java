package dev.depslim.net;

import java.util.function.Function;

/// How a question to a server ended.
public sealed interface Answer<T> {
  /// The server answered with what was asked for.
  record Got<T>(T value) implements Answer<T> {}

  /// The server answered, and not with what was asked for.
  ///
  /// @param status of HTTP; 0 where it is the content that cannot be used
  /// @param reason for people, with the server's name; the end of a sentence
  record Refused<T>(int status, String reason) implements Answer<T> {}

  /// The server did not answer.
  ///
  /// @param reason for people, with the server's name; the end of a sentence
  record Failed<T>(String reason) implements Answer<T> {}

  /// What the answer means, where there is one.
  default <R> Answer<R> then(Function<T, Answer<R>> next) {
    return switch (this) {
      case Got<T>(T value) -> next.apply(value);
      case Refused<T>(int status, String reason) -> new Refused<>(status, reason);
      case Failed<T>(String reason) -> new Failed<>(reason);
    };
  }
}
