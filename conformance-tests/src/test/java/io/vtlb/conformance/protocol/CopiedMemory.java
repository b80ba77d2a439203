package io.vtlb.conformance.protocol;

import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.trace.Machine;
import java.util.Collection;
import tools.jackson.databind.node.ArrayNode;

/** A target's own copy of guest memory, which says what is written to it. */
final class CopiedMemory implements GuestMemory {

  private final int vm;
  private final GuestPhysicalMemory copy;
  private final ArrayNode writes;

  /**
   * @param writes takes the writes, in order
   */
  CopiedMemory(int vm, Machine machine, ArrayNode writes) {
    this.vm = vm;
    this.copy = new GuestPhysicalMemory(vm, machine.hostMap());
    this.writes = writes;
    change(machine.words());
  }

  /** Takes over what the guest or another agent has stored. */
  void change(Collection<Machine.Word> words) {
    words.forEach(word -> copy.write(word.physicalAddress(), word.value()));
  }

  /** Memory as it is once the host has done something. */
  void follow(HostOperation operation) {
    copy.remap(copy.hostMap().after(operation));
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    return copy.read(physicalAddress, bytes);
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    boolean done = copy.compareAndSet(physicalAddress, bytes, expected, replacement);
    if (done) {
      writes.add(GuestWrites.compareAndSet(vm, physicalAddress, bytes, expected, replacement));
    }
    return done;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    copy.store(physicalAddress, bytes, value);
    writes.add(GuestWrites.store(vm, physicalAddress, bytes, value));
  }
}
