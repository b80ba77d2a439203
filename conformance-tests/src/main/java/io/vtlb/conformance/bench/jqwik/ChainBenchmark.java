package io.vtlb.conformance.bench.jqwik;

import io.vtlb.conformance.bench.BenchmarkFailure;
import io.vtlb.conformance.bench.MonitorPlan;
import io.vtlb.conformance.bench.Round;
import io.vtlb.conformance.bench.Speed;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Measures how fast jqwik runs {@link ChainProperty}, as a build would: through the JUnit platform,
 * on this thread.
 */
public final class ChainBenchmark {

  /** Held, so that its level stays; at INFO it tells of every execution that keeps no file. */
  private static final Logger JQWIK = Logger.getLogger("net.jqwik");

  static {
    JQWIK.setLevel(Level.WARNING);
  }

  private final MonitorPlan plan;
  private final List<World> worlds;

  /**
   * @param sequences where chains start: in the worlds of these
   */
  public ChainBenchmark(MonitorPlan plan, List<Sequence> sequences) {
    this.plan = plan;
    this.worlds = sequences.stream().map(Sequence::world).toList();
  }

  /** Measures, after a warm-up of as many rounds. */
  public Speed run() {
    Launcher launcher = LauncherFactory.create();
    return Speed.of(plan.rounds(), Stream.generate(() -> round(launcher)));
  }

  /** One execution of the property; finding it is not measured. */
  private Round round(Launcher launcher) {
    GuestWorlds starts = new GuestWorlds(worlds, plan.length());
    PropertyClock clock = new PropertyClock();
    ScopedValue.where(GuestWorlds.STARTS, starts).run(() -> launcher.execute(request(), clock));
    if (starts.performed() < plan.chains()) {
      throw new BenchmarkFailure("jqwik performed only " + starts.performed() + " operations");
    }
    return clock.round(starts.performed());
  }

  /** All defaults of jqwik's but the number of tries; it keeps no file and prints no success. */
  private LauncherDiscoveryRequest request() {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectClass(ChainProperty.class))
        .filters(EngineFilter.includeEngines("jqwik"))
        .configurationParameter("jqwik.tries.default", Integer.toString(plan.chains()))
        .configurationParameter("jqwik.reporting.onlyfailures", "true")
        .configurationParameter("jqwik.database", "")
        .build();
  }
}
