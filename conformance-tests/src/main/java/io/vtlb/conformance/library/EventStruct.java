package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.EVENT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import java.lang.foreign.MemorySegment;

/** An event as a library sees it. */
final class EventStruct {

  static final int PAGE_FAULT = 1;
  static final int INVLPG = 2;
  static final int INVPCID = 3;
  static final int CONTROL_WRITE = 4;
  static final int PRIVILEGE_CHANGE = 5;

  private static final long KIND = Layouts.offset(EVENT, "kind");
  private static final long VM = Layouts.offset(EVENT, "vm");
  private static final long VCPU = Layouts.offset(EVENT, "vcpu");
  private static final long ACCESS = Layouts.offset(EVENT, "access");
  private static final long SET = Layouts.offset(EVENT, "set");
  private static final long BYTES = Layouts.offset(EVENT, "bytes");
  private static final long ACTIVE_CODE = Layouts.offset(EVENT, "active_code");
  private static final long PKRU = Layouts.offset(EVENT, "pkru");
  private static final long TYPE = Layouts.offset(EVENT, "type");
  private static final long PCID = Layouts.offset(EVENT, "pcid");
  private static final long REGISTER = Layouts.offset(EVENT, "reg");
  private static final long FROM = Layouts.offset(EVENT, "from");
  private static final long TO = Layouts.offset(EVENT, "to");
  private static final long ADDRESS = Layouts.offset(EVENT, "address");
  private static final long VALUE = Layouts.offset(EVENT, "value");
  private static final long BEFORE = Layouts.offset(EVENT, "before");
  private static final long AFTER = Layouts.offset(EVENT, "after");

  private EventStruct() {}

  /** Writes an event; fields that it does not have are 0. */
  static void write(Event event, MemorySegment at) {
    at.fill((byte) 0);
    at.set(JAVA_INT, VM, event.vcpu().vm());
    at.set(JAVA_INT, VCPU, event.vcpu().index());
    switch (event) {
      case Event.PageFault fault -> write(fault, at);
      case Event.InvalidatePage invalidation -> {
        at.set(JAVA_INT, KIND, INVLPG);
        at.set(JAVA_LONG, ADDRESS, invalidation.address());
      }
      case Event.InvalidatePcid invalidation -> {
        at.set(JAVA_INT, KIND, INVPCID);
        at.set(JAVA_INT, TYPE, Numbers.of(invalidation.type()));
        at.set(JAVA_INT, PCID, invalidation.pcid());
        at.set(JAVA_LONG, ADDRESS, invalidation.address());
      }
      case Event.ControlWrite write -> {
        at.set(JAVA_INT, KIND, CONTROL_WRITE);
        at.set(JAVA_INT, REGISTER, Numbers.of(write.register()));
        at.set(JAVA_LONG, VALUE, write.value());
        ControlStruct.write(write.before(), at, BEFORE);
        ControlStruct.write(write.after(), at, AFTER);
      }
      case Event.PrivilegeChange change -> {
        at.set(JAVA_INT, KIND, PRIVILEGE_CHANGE);
        at.set(JAVA_INT, FROM, change.from());
        at.set(JAVA_INT, TO, change.to());
      }
    }
  }

  private static void write(Event.PageFault fault, MemorySegment at) {
    Access access = fault.access();
    at.set(JAVA_INT, KIND, PAGE_FAULT);
    at.set(JAVA_LONG, ADDRESS, access.address());
    at.set(JAVA_INT, BYTES, access.bytes());
    at.set(JAVA_INT, ACCESS, Numbers.of(access.kind()));
    at.set(JAVA_INT, SET, Numbers.of(access.set()));
    at.set(JAVA_INT, PKRU, access.pkru());
    at.set(JAVA_INT, ACTIVE_CODE, fault.activeCode().bits());
    at.set(JAVA_LONG, VALUE, fault.value());
  }
}
