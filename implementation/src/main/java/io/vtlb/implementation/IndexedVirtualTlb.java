package io.vtlb.implementation;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
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
 * <p>It runs guests in every paging mode, and without paging, on whatever processor the profile
 * describes.
 *
 * <p>Source: claims 1 to 13; Intel SDM vol. 3, 4.1 to 4.10.
 */
public final class IndexedVirtualTlb implements VirtualTlb {

  private static final Description DESCRIPTION =
      new Description(
          "indexed-virtual-tlb",
          ObservationLevel.SELF_REPORTING,
          Set.of(Feature.INTERCEPTS_PRIVILEGE_CHANGES, Feature.FOREIGN_STORES));

  private final Map<Vcpu, VirtualCpu> vcpus = new HashMap<>();

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
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      Vcpu name = new Vcpu(blueprint.vm(), index);
      VmBlueprint.VcpuState start = blueprint.vcpus().get(index);
      VirtualCpu created = new VirtualCpu(name, start.control(), blueprint, memory);
      if (vcpus.putIfAbsent(name, created) != null) {
        throw new IllegalArgumentException("virtual CPU " + name + " exists already");
      }
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

  private VirtualCpu vcpu(Vcpu name) {
    VirtualCpu found = vcpus.get(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no virtual CPU " + name);
    }
    return found;
  }
}
