package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.RegistrySizes.Found;
import dev.depslim.net.Answer;
import dev.depslim.net.Credentials;
import dev.depslim.net.FactStore;
import dev.depslim.net.Http;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the wheel that an installer takes for a package, and what it unpacks to; keeps what was
/// found.
final class WheelIndex {
  /// How long it is believed that no better wheel of a version was published meanwhile.
  private static final long DAYS = 7;

  private final Http http;
  private final FactStore facts;

  WheelIndex(Http http, FactStore facts) {
    this.http = http;
    this.facts = facts;
  }

  /// A package whose size is asked for.
  ///
  /// @param name normalised
  /// @param files as the lock names them; empty where it does not
  /// @param indexes whom to ask, the first first
  record Wanted(
      String name, String version, List<LockedWheels.NamedFile> files, List<URI> indexes) {}

  /// The same with the secrets of a user and for one Python.
  Session with(Credentials credentials, WheelChoice choice) {
    return new Session(credentials, choice);
  }

  /// Questions with the secrets of one user, for one Python.
  final class Session {
    private final SimpleIndex pages;
    private final WheelDirectory wheels;
    private final WheelChoice choice;

    private Session(Credentials credentials, WheelChoice choice) {
      this.pages = new SimpleIndex(http, credentials);
      this.wheels = new WheelDirectory(http, credentials);
      this.choice = choice;
    }

    /// What a package unpacks to.
    ///
    /// @param notConfigured why it is not known where there is nobody to ask
    Found size(Wanted wanted, String notConfigured) {
      LockedWheels.NamedFile locked = best(wanted.files());
      if (locked == null && !wanted.files().isEmpty()) {
        return noneFits();
      }
      Found direct = locked == null || locked.address() == null ? null : size(locked);
      if (direct != null && !direct.trouble()) {
        return direct;
      }
      Found first = direct;
      for (URI index : wanted.indexes()) {
        Found found = at(index, wanted, locked);
        if (!found.trouble()) {
          return found;
        }
        first = first == null ? found : first;
      }
      return first == null ? Found.failed(notConfigured) : first;
    }

    private Found noneFits() {
      String python = choice.target().equals("any") ? "" : "Python " + choice.target() + " on ";
      return Found.none("no wheel for " + python + "Linux x86-64 with glibc");
    }

    private LockedWheels.@Nullable NamedFile best(List<LockedWheels.NamedFile> files) {
      List<WheelChoice.Archive> archives = new ArrayList<>();
      for (LockedWheels.NamedFile file : files) {
        archives.add(new WheelChoice.Archive(file.name(), file.bytes()));
      }
      WheelChoice.Archive best = choice.best(archives);
      return best == null ? null : files.get(archives.indexOf(best));
    }

    /// The size of the package at one index.
    private Found at(URI index, Wanted wanted, LockedWheels.@Nullable NamedFile locked) {
      String chosen =
          "wheel of "
              + index
              + " "
              + wanted.name()
              + " "
              + wanted.version()
              + " "
              + choice.target();
      String fileName = locked == null ? recent(facts.get(chosen)) : locked.name();
      Found known = fileName == null ? null : kept(index, fileName);
      if (known != null) {
        return known;
      }
      return switch (pages.files(index, wanted.name(), wanted.version())) {
        case Answer.Got<List<LockedWheels.NamedFile>>(List<LockedWheels.NamedFile> files) -> {
          LockedWheels.NamedFile wheel = locked == null ? best(files) : named(files, locked.name());
          if (wheel == null && locked != null) {
            yield Found.failed(Http.host(index) + " does not have " + locked.name());
          }
          if (wheel == null && files.isEmpty()) {
            yield Found.failed(
                Http.host(index)
                    + " does not have version "
                    + wanted.version()
                    + " of "
                    + wanted.name());
          }
          if (wheel == null) {
            yield noneFits();
          }
          Found found = size(wheel);
          if (!found.trouble()) {
            facts.put(key(index, wheel.name()), Long.toString(found.bytes()));
            if (locked == null) {
              facts.put(chosen, today() + " " + wheel.name());
            }
          }
          yield found;
        }
        case Answer.Refused<List<LockedWheels.NamedFile>>(_, String why) -> Found.failed(why);
        case Answer.Failed<List<LockedWheels.NamedFile>>(String why) -> Found.failed(why);
      };
    }

    private static LockedWheels.@Nullable NamedFile named(
        List<LockedWheels.NamedFile> files, String name) {
      return files.stream().filter(file -> file.name().equals(name)).findFirst().orElse(null);
    }

    /// The size of a wheel whose address is known.
    private Found size(LockedWheels.NamedFile wheel) {
      URI address = wheel.address();
      if (address == null) {
        return Found.failed("the index states no address of " + wheel.name());
      }
      URI folder = address.resolve(".");
      Found known = kept(folder, wheel.name());
      if (known != null) {
        return known;
      }
      return switch (wheels.unpackedBytes(address, wheel.bytes())) {
        case Answer.Got<Long>(Long bytes) -> {
          facts.put(key(folder, wheel.name()), Long.toString(bytes));
          yield Found.of(bytes);
        }
        case Answer.Refused<Long>(_, String why) -> Found.failed(why);
        case Answer.Failed<Long>(String why) -> Found.failed(why);
      };
    }

    private @Nullable Found kept(URI place, String fileName) {
      String fact = facts.get(key(place, fileName));
      try {
        long bytes = fact == null ? -1 : Long.parseLong(fact);
        return bytes < 0 ? null : Found.of(bytes);
      } catch (NumberFormatException _) {
        return null;
      }
    }
  }

  private static String key(URI place, String fileName) {
    return "pypi " + place + " " + fileName;
  }

  private static long today() {
    return System.currentTimeMillis() / Duration.ofDays(1).toMillis();
  }

  /// The file name of a choice that was made lately, else null.
  private static @Nullable String recent(@Nullable String fact) {
    int space = fact == null ? -1 : fact.indexOf(' ');
    if (fact == null || space < 0) {
      return null;
    }
    try {
      long day = Long.parseLong(fact.substring(0, space));
      return today() - day <= DAYS && today() >= day ? fact.substring(space + 1) : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
