package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Exchange.Answer;
import io.vtlb.conformance.smoke.Exchange.MemoryWrite;
import io.vtlb.conformance.trace.Hex;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Calls of the functions of include/vtlb.h, with the fields that are not 0 or say something. */
record CNotation() implements Notation {

  @Override
  public String name(Message message) {
    return message.named(function(message.question()));
  }

  private static String function(Question question) {
    return switch (question) {
      case HELLO -> "vtlb_describe";
      case RESET -> "vtlb_new";
      case CREATE -> "vtlb_create";
      case ENTRIES -> "vtlb_entries";
      case EVENT -> "vtlb_handle";
      case FOLLOW -> "vtlb_follow";
      case STORES, PERFORM, BYE -> "vtlb_delete";
    };
  }

  @Override
  public String form(Question question) {
    return switch (question) {
      case HELLO -> "name, version, level (2 or 3), modes (at least one) and features are set";
      case RESET -> "an instance without machines, not NULL";
      case CREATE -> "VTLB_OK";
      case ENTRIES ->
          "how many entries there are; at most `room` of them are written, each with page, pages,"
              + " host_frame, rights, and key (-1: none)";
      case EVENT ->
          "VTLB_OK, and response->action set; at level 3 also cause and resync; drops and"
              + " drop_count as needed";
      case FOLLOW -> "VTLB_OK, and drops and dirty frames as needed";
      case STORES, PERFORM, BYE -> "the instance is gone";
    };
  }

  @Override
  public String place(Question question) {
    return "include/vtlb.h, "
        + function(question)
        + ", and docs/protocol/README.md#"
        + question.word();
  }

  @Override
  public String asked(Call call) {
    return switch (call) {
      case Call.Create(var blueprint) ->
          "vtlb_create(instance, &(struct vtlb_machine){.vm = %d, .vcpu_count = %d, .range_count = %d, …})"
              .formatted(
                  blueprint.vm(), blueprint.vcpus().size(), blueprint.hostMap().ranges().size());
      case Call.Look(var vcpu, var set) ->
          "vtlb_entries(instance, %d, %d, VTLB_%s, entries, room)"
              .formatted(vcpu.vm(), vcpu.index(), set);
      case Call.Handle(var event) ->
          "vtlb_handle(instance, &(struct vtlb_event)%s, response)".formatted(event(event));
      case Call.Follow(var operation) ->
          "vtlb_follow(instance, &(struct vtlb_host_operation)%s, response)"
              .formatted(operation(operation));
      case Call.Perform(var operation) -> operation.toString();
    };
  }

  private static String event(Event event) {
    String place = ", .vm = %d, .vcpu = %d".formatted(event.vcpu().vm(), event.vcpu().index());
    return "{.kind = VTLB_"
        + switch (event) {
          case Event.PageFault fault ->
              "PAGE_FAULT%s, .access = VTLB_%s, .set = VTLB_%s, .bytes = %d, .active_code = 0x%x, .pkru = 0x%x, .address = %s, .value = %s"
                  .formatted(
                      place,
                      fault.access().kind(),
                      fault.access().set(),
                      fault.access().bytes(),
                      fault.activeCode().bits(),
                      fault.access().pkru(),
                      Hex.of(fault.access().address()),
                      Hex.of(fault.value()));
          case Event.InvalidatePage page ->
              "INVLPG%s, .address = %s".formatted(place, Hex.of(page.address()));
          case Event.InvalidatePcid pcid ->
              "INVPCID%s, .type = VTLB_INVPCID_%s, .pcid = %d, .address = %s"
                  .formatted(place, type(pcid.type()), pcid.pcid(), Hex.of(pcid.address()));
          case Event.ControlWrite write ->
              "CONTROL_WRITE%s, .reg = VTLB_%s, .value = %s, .before = %s, .after = %s"
                  .formatted(
                      place,
                      write.register(),
                      Hex.of(write.value()),
                      control(write.before()),
                      control(write.after()));
          case Event.PrivilegeChange change ->
              "PRIVILEGE_CHANGE%s, .from = %d, .to = %d"
                  .formatted(place, change.from(), change.to());
        }
        + "}";
  }

  private static String type(InvalidationType type) {
    return switch (type) {
      case ADDRESS -> "ADDRESS";
      case SINGLE_CONTEXT -> "SINGLE";
      case ALL_CONTEXTS -> "ALL";
      case ALL_CONTEXTS_KEEPING_GLOBALS -> "ALL_BUT_GLOBAL";
    };
  }

  private static String control(ControlState state) {
    return "{.cr0 = %s, .cr3 = %s, .cr4 = %s, .efer = %s%s}"
        .formatted(
            Hex.of(state.cr0()),
            Hex.of(state.cr3()),
            Hex.of(state.cr4()),
            Hex.of(state.efer()),
            state.paePaging()
                ? state.pdptes().entries().stream()
                    .map(Hex::of)
                    .collect(Collectors.joining(", ", ", .pdptes = {", "}"))
                : "");
  }

  private static String operation(HostOperation operation) {
    String vm = ", .vm = " + operation.vm();
    return "{.kind = VTLB_"
        + switch (operation) {
          case HostOperation.MapFrames map ->
              "MAP_FRAMES"
                  + vm
                  + frames(map.guestFrame(), map.frames())
                  + ", .host_frame = "
                  + Hex.of(map.hostFrame());
          case HostOperation.UnmapFrames unmap ->
              "UNMAP_FRAMES" + vm + frames(unmap.guestFrame(), unmap.frames());
          case HostOperation.MoveFrames move ->
              "MOVE_FRAMES"
                  + vm
                  + frames(move.guestFrame(), move.frames())
                  + ", .host_frame = "
                  + Hex.of(move.hostFrame());
          case HostOperation.ProtectFrames protect ->
              "PROTECT_FRAMES"
                  + vm
                  + frames(protect.guestFrame(), protect.frames())
                  + ", .read_only = "
                  + (protect.readOnly() ? 1 : 0);
          case HostOperation.ResizePages resize ->
              "RESIZE_PAGES"
                  + vm
                  + frames(resize.guestFrame(), resize.frames())
                  + ", .pages = "
                  + resize.pages();
          case HostOperation.StartDirtyLog start -> "START_DIRTY_LOG" + vm;
          case HostOperation.HarvestDirtyLog harvest -> "HARVEST_DIRTY_LOG" + vm;
          case HostOperation.DestroyMachine destroy -> "DESTROY_MACHINE" + vm;
          case HostOperation.CreateMachine create -> "CREATE_MACHINE" + vm;
        }
        + "}";
  }

  private static String frames(long first, long count) {
    return ", .guest_frame = %s, .frames = %d".formatted(Hex.of(first), count);
  }

  @Override
  public List<String> answered(Question question, long number) {
    return List.of();
  }

  @Override
  public List<String> answered(Exchange exchange, long number) {
    List<String> lines = new ArrayList<>();
    exchange.writes().forEach(write -> lines.add(write(write)));
    lines.add(
        switch (exchange.answer()) {
          case Answer.Done() -> "VTLB_OK";
          case Answer.Responded(var response) -> "VTLB_OK, *response = " + response(response);
          case Answer.Shown(var entries) -> entries(entries);
          case Answer.Followed(var response) ->
              "VTLB_OK, *response = {%s%s}"
                  .formatted(
                      drops(response.drops()),
                      response.dirtyFrames().stream()
                          .sorted()
                          .map(Hex::of)
                          .collect(
                              Collectors.joining(
                                  ", ",
                                  ", .dirty_count = %d, .dirty_frames = {"
                                      .formatted(response.dirtyFrames().size()),
                                  "}")));
          case Answer.Observed(var observation) -> observation.toString();
        });
    return lines;
  }

  private static String write(MemoryWrite write) {
    return switch (write) {
      case MemoryWrite.CompareAndSet update ->
          "guest->compare_and_set(guest->context, %s, %d, %s, %s)"
              .formatted(
                  Hex.of(update.address()),
                  update.bytes(),
                  Hex.of(update.expected()),
                  Hex.of(update.replacement()));
      case MemoryWrite.Store store ->
          "guest->store(guest->context, %s, %d, %s)"
              .formatted(Hex.of(store.address()), store.bytes(), Hex.of(store.value()));
    };
  }

  private static String response(Response response) {
    String action =
        switch (response.action()) {
          case Action.Resume() -> "VTLB_RESUME";
          case Action.InjectPageFault(var code, var address) ->
              "VTLB_INJECT_PAGE_FAULT, .fault_code = 0x%x, .fault_address = %s"
                  .formatted(code.bits(), Hex.of(address));
          case Action.StoreEmulated() -> "VTLB_STORE_EMULATED";
          case Action.DeviceAccess() -> "VTLB_DEVICE_ACCESS";
        };
    return "{.action = %s%s, %s}"
        .formatted(
            action,
            response
                .report()
                .map(report ->
                    ", .cause = VTLB_CAUSE_%s, .resync = VTLB_RESYNC_%s"
                        .formatted(report.cause(), report.resync()))
                .orElse(""),
            drops(response.drops()));
  }

  private static String drops(List<ProcessorDrop> drops) {
    return ".drop_count = %d%s"
        .formatted(
            drops.size(),
            drops.isEmpty()
                ? ""
                : drops.stream()
                    .map(CNotation::drop)
                    .collect(Collectors.joining(", ", ", .drops = {", "}")));
  }

  private static String drop(ProcessorDrop drop) {
    String place = ", .vm = %d, .vcpu = %d".formatted(drop.vcpu().vm(), drop.vcpu().index());
    return switch (drop) {
      case ProcessorDrop.Everything everything -> "{.kind = VTLB_DROP_EVERYTHING" + place + "}";
      case ProcessorDrop.Page page ->
          "{.kind = VTLB_DROP_PAGE" + place + ", .address = " + Hex.of(page.address()) + "}";
    };
  }

  private static String entries(List<ActiveEntry> entries) {
    return entries.isEmpty()
        ? "0"
        : entries.stream()
            .map(CNotation::entry)
            .collect(Collectors.joining(", ", entries.size() + ", entries = {", "}"));
  }

  private static String entry(ActiveEntry entry) {
    AccessRights rights = entry.rights();
    int bits = (rights.read() ? 1 : 0) | (rights.write() ? 2 : 0) | (rights.execute() ? 4 : 0);
    return "{.page = %s, .pages = %d, .host_frame = %s, .rights = %d, .key = %d}"
        .formatted(
            Hex.of(entry.page() & PageSize.PAGE_NUMBER),
            entry.pages(),
            Hex.of(entry.hostFrame()),
            bits,
            entry.key());
  }
}
