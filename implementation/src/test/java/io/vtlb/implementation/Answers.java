package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.Vcpu;
import java.util.List;
import java.util.Optional;

/** Assertions on how an event was answered. */
final class Answers {

  private static final Vcpu VCPU = new Vcpu(0, 0);

  private Answers() {}

  static void assertReport(EventCause cause, ResyncKind resync, Response response) {
    assertEquals(Optional.of(new Report(cause, resync)), response.report());
  }

  static void assertInstalled(Response response) {
    assertEquals(new Action.Resume(), response.action());
    assertReport(EventCause.INCONSISTENCY, ResyncKind.PARTIAL, response);
  }

  static void assertDevice(Response response) {
    assertEquals(new Action.DeviceAccess(), response.action());
    assertReport(EventCause.DEVICE_ACCESS, ResyncKind.NONE, response);
  }

  static void assertFault(int code, Response response) {
    Action.InjectPageFault fault = (Action.InjectPageFault) response.action();
    assertEquals(new FaultCode(code), fault.code());
    assertReport(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE, response);
  }

  static void assertDropsNothing(Response response) {
    assertEquals(List.of(), response.drops());
  }

  static void assertDropsPage(long page, Response response) {
    List<ProcessorDrop> drops = response.drops();
    assertEquals(1, drops.size());
    assertEquals(page, ((ProcessorDrop.Page) drops.getFirst()).address() >> 12);
  }

  static void assertDropsEverything(Response response) {
    assertEquals(List.of(new ProcessorDrop.Everything(VCPU)), response.drops());
  }
}
