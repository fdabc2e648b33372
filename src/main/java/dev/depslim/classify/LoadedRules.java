package dev.depslim.classify;

import dev.depslim.model.Ecosystem;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/// Built-in sets that are read while the caller does something else.
final class LoadedRules implements Function<Ecosystem, RuleSet> {
  private final Map<Ecosystem, FutureTask<RuleSet>> sets = new EnumMap<>(Ecosystem.class);

  /// @param first what will most likely be asked for, read one after the other by one thread
  LoadedRules(Iterable<Ecosystem> first) {
    for (Ecosystem ecosystem : first) {
      sets.put(ecosystem, new FutureTask<>(() -> BuiltInRules.of(ecosystem)));
    }
    Thread reader = new Thread(() -> sets.values().forEach(FutureTask::run), "depslim-rules");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public RuleSet apply(Ecosystem ecosystem) {
    FutureTask<RuleSet> set = sets.get(ecosystem);
    if (set == null) {
      return BuiltInRules.of(ecosystem);
    }
    set.run(); // does nothing where the thread has begun with it
    try {
      return set.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the rules were read", e);
    }
  }
}
