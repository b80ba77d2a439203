package io.vtlb.model.monitor;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A virtual TLB that answers what it is told to answer, and shows what it is told to show. */
final class ScriptedTlb implements VirtualTlb {

  private record Key(Vcpu vcpu, PrivilegeSet set) {}

  private final Description description;
  private final Map<Key, List<ActiveEntry>> shown = new HashMap<>();
  private Runnable meanwhile = () -> {};
  private @Nullable Response answer;

  ScriptedTlb(Description description) {
    this.description = description;
  }

  /** Shows these entries from now on. */
  void show(Vcpu vcpu, PrivilegeSet set, ActiveEntry... entries) {
    shown.put(new Key(vcpu, set), List.of(entries));
  }

  /** Does something while the next event is handled. */
  void meanwhile(Runnable script) {
    meanwhile = script;
  }

  /** Answers the next event so; null if it does not answer. */
  void answer(@Nullable Response response) {
    answer = response;
  }

  @Override
  public Description describe() {
    return description;
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {}

  @Override
  @SuppressWarnings("NullAway")
  public @Nullable Response handle(Event event) {
    meanwhile.run();
    meanwhile = () -> {};
    return answer;
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return shown.getOrDefault(new Key(vcpu, set), List.of());
  }
}
