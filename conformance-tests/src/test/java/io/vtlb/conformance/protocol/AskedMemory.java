package io.vtlb.conformance.protocol;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.RequestForms;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.target.GuestMemory;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ObjectNode;

/** Guest memory that is with the kit, and is asked for there at each read and write. */
final class AskedMemory implements GuestMemory {

  private final int vm;
  private final Wire wire;
  private final LongSupplier underway;
  private final Wire.Meanwhile meanwhile;

  /**
   * @param underway the number of the request that is being answered
   * @param meanwhile serves what is asked before a reply
   */
  AskedMemory(int vm, Wire wire, LongSupplier underway, Wire.Meanwhile meanwhile) {
    this.vm = vm;
    this.wire = wire;
    this.underway = underway;
    this.meanwhile = meanwhile;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    ObjectNode place = GuestWrites.read(vm, physicalAddress, bytes);
    return reply("read", place, "value", fields -> fields.hex("value"));
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    return write(GuestWrites.compareAndSet(vm, physicalAddress, bytes, expected, replacement));
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    if (!write(GuestWrites.store(vm, physicalAddress, bytes, value))) {
      throw new IllegalStateException("a store is always done");
    }
  }

  private boolean write(ObjectNode write) {
    return reply("write", write, "done", fields -> fields.flag("done"));
  }

  private <T> T reply(String question, ObjectNode place, String name, Answer.Reading<T> reading) {
    ObjectNode line = SharedForms.object().put("n", underway.getAsLong());
    line.set(question, place);
    Fields fields = RequestForms.fields(wire.ask(line, meanwhile));
    try {
      fields.only("a reply to a " + question, name);
      return reading.from(fields);
    } catch (BadTrace e) {
      throw new UncheckedIOException(e);
    }
  }
}
