package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.RESPONSE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.FaultCode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** A library's answer to an event. */
final class ResponseStruct {

  static final int RESUME = 1;
  static final int INJECT_PAGE_FAULT = 2;
  static final int STORE_EMULATED = 3;
  static final int DEVICE_ACCESS = 4;

  private static final String FUNCTION = "vtlb_handle";
  private static final long ACTION = Layouts.offset(RESPONSE, "action");
  private static final long CAUSE = Layouts.offset(RESPONSE, "cause");
  private static final long RESYNC = Layouts.offset(RESPONSE, "resync");
  private static final long FAULT_CODE = Layouts.offset(RESPONSE, "fault_code");
  private static final long FAULT_ADDRESS = Layouts.offset(RESPONSE, "fault_address");
  private static final long DROP_COUNT = Layouts.offset(RESPONSE, "drop_count");
  private static final long DROPS = Layouts.offset(RESPONSE, "drops");

  private static final Action RESUMES = new Action.Resume();
  private static final Action EMULATED = new Action.StoreEmulated();
  private static final Action DEVICE = new Action.DeviceAccess();

  private ResponseStruct() {}

  static Response read(MemorySegment response) {
    Action action = action(response);
    Optional<Report> report = report(response);
    List<ProcessorDrop> drops =
        DropsStruct.read(response, DROPS, response.get(JAVA_LONG, DROP_COUNT), FUNCTION);
    return new Response(action, drops, report);
  }

  private static Action action(MemorySegment response) {
    int action = response.get(JAVA_INT, ACTION);
    return switch (action) {
      case RESUME -> RESUMES;
      case INJECT_PAGE_FAULT ->
          new Action.InjectPageFault(
              new FaultCode(response.get(JAVA_INT, FAULT_CODE)),
              response.get(JAVA_LONG, FAULT_ADDRESS));
      case STORE_EMULATED -> EMULATED;
      case DEVICE_ACCESS -> DEVICE;
      default -> throw impossible("action", action);
    };
  }

  private static Optional<Report> report(MemorySegment response) {
    int cause = response.get(JAVA_INT, CAUSE);
    int resync = response.get(JAVA_INT, RESYNC);
    if (cause == 0 && resync == 0) {
      return Optional.empty();
    }
    if (cause < 1 || cause > Numbers.CAUSES.size()) {
      throw impossible("cause", cause);
    }
    if (resync < 1 || resync > Numbers.RESYNCS.size()) {
      throw impossible("resync", resync);
    }
    return Optional.of(new Report(Numbers.CAUSES.get(cause - 1), Numbers.RESYNCS.get(resync - 1)));
  }

  private static RuntimeException impossible(String field, int value) {
    return Result.impossible(
        "the response of %s has an impossible %s: %s"
            .formatted(FUNCTION, field, Integer.toUnsignedString(value)));
  }
}
