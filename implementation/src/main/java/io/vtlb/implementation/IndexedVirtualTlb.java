package io.vtlb.implementation;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A virtual TLB that fills on demand and keeps, for each context and privilege set of each virtual
 * CPU, a compact indexed list of valid entries.
 *
 * <p>A page fault walks the guest's structure in guest memory; what the guest permits becomes one
 * active entry, and what it denies is handed over. INVLPG removes the page, and a control-register
 * write compares every entry with the guest's structure and keeps those that match. With PCIDs, a
 * load of CR3 puts the context that is left aside and takes that of the PCID loaded, as it was left
 * if bit 63 is set; a change of the paging mode starts anew. Nothing is shared between virtual CPUs
 * or contexts, prefetched, or recycled. A large page is one entry where the host holds it in one
 * aligned piece, else an entry of 4 KiB for each page touched.
 *
 * <p>What the host takes away, or protects, leaves every context of every virtual CPU before {@link
 * #follow} returns, which may be called while an event is handled and reads guest memory. A store
 * to what the host makes read-only is a device access. While writes are logged, the right to write
 * is withheld until the frame is named.
 *
 * <p>It runs guests in every paging mode, and without paging, on whatever processor the profile
 * describes.
 *
 * <p>Source: claims 1 to 14 and 24; Intel SDM vol. 3, 4.1 to 4.10.
 */
public final class IndexedVirtualTlb implements VirtualTlb {

  private static final Description DESCRIPTION =
      new Description(
          "indexed-virtual-tlb",
          ObservationLevel.SELF_REPORTING,
          Set.of(
              Feature.SEVERAL_VCPUS,
              Feature.PCID,
              Feature.INTERCEPTS_PRIVILEGE_CHANGES,
              Feature.FOREIGN_STORES,
              Feature.HOST_OPERATIONS,
              Feature.INTERLEAVING));

  private final Map<Integer, VirtualMachine> machines = new HashMap<>();

  /** A virtual TLB without any virtual machine. */
  public IndexedVirtualTlb() {}

  @Override
  public Description describe() {
    return DESCRIPTION;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the machine exists
   */
  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    VirtualMachine created = new VirtualMachine(blueprint, memory);
    if (machines.putIfAbsent(blueprint.vm(), created) != null) {
      throw new IllegalArgumentException("machine " + blueprint.vm() + " exists already");
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the virtual CPU does not exist
   */
  @Override
  public Response handle(Event event) {
    return vcpu(event.vcpu()).handle(event);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The answer is an unmodifiable snapshot, the same one until an entry of the set changes.
   *
   * @throws IllegalArgumentException if the virtual CPU does not exist
   */
  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return vcpu(vcpu).listed(set);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the machine does not exist
   */
  @Override
  public HostResponse follow(HostOperation operation) {
    VirtualMachine machine = machines.get(operation.vm());
    if (machine == null) {
      throw new IllegalArgumentException("there is no machine " + operation.vm());
    }
    HostResponse response = machine.follow(operation);
    if (operation instanceof HostOperation.DestroyMachine) {
      machines.remove(operation.vm());
    }
    return response;
  }

  private VirtualCpu vcpu(Vcpu name) {
    VirtualMachine machine = machines.get(name.vm());
    if (machine == null || !machine.has(name)) {
      throw new IllegalArgumentException("there is no virtual CPU " + name);
    }
    return machine.vcpu(name);
  }
}
