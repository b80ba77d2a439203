package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.BitUpdate.Bit;
import io.vtlb.conformance.recording.RecordedFact.Element;
import io.vtlb.conformance.recording.RecordedFact.Flush;
import io.vtlb.conformance.recording.RecordedFact.ReportedEntry;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one line of a recording after its header; fields that no check needs are passed over. */
final class FactReader {

  private static final int CPL_USER = 3;

  /** An access for the processor's own purposes, in the upper half of KVM's access bits. */
  private static final long IMPLICIT_ACCESS = 1L << 48;

  /** In the exit's interruption information: it is valid, so an event was being delivered. */
  private static final long EVENT_VALID = 1L << 31;

  private static final int PAGE_FAULT_CODE_BITS = 0xFFFF;

  private FactReader() {}

  static RecordedFact read(RecordFields fields) throws BadRecording {
    long line = fields.line();
    String kind = fields.text("e");
    return switch (kind) {
      case "walk" -> walk(fields);
      case "exit" -> new RecordedFact.Exit(line, (fields.optionalHex("intr") & EVENT_VALID) != 0);
      case "pf" ->
          new RecordedFact.PageFault(
              line, fields.hex("addr"), (fields.hex("err") & FaultCode.RESERVED) != 0);
      case "pf_ret" -> new RecordedFact.Answer(line, fields.text("r"), fields.has("mode"));
      case "inject_pf" ->
          new RecordedFact.Injection(
              line, fields.number("vector", 0, 255), code(fields), fields.hex("addr"));
      case "spte_req" -> new RecordedFact.EntryRequest(line, fields.hex("gfn"));
      case "spte_set" ->
          new RecordedFact.EntrySet(
              line,
              fields.number("lv", 1, 5),
              fields.hex("gfn"),
              fields.hex("spte"),
              fields.hex("at"));
      case "mmio_spte" -> new RecordedFact.DeviceMark(line, fields.hex("gfn"));
      case "emul" -> new RecordedFact.Emulation(line);
      case "pte_write" -> new RecordedFact.EmulatedStore(line, fields.hex("gpa"));
      case "mode" -> mode(fields);
      case "cr0" -> written(fields, ControlRegister.CR0);
      case "cr3" -> written(fields, ControlRegister.CR3);
      case "cr4" -> written(fields, ControlRegister.CR4);
      case "efer" -> written(fields, ControlRegister.EFER);
      case "probe" -> probe(fields);
      case "hdr" ->
          throw fields.bad("e", "is a second header; check each recording in a file of its own");
      default -> new RecordedFact.Other(line, kind);
    };
  }

  private static RecordedFact walk(RecordFields fields) throws BadRecording {
    long access = fields.hex("pferr");
    boolean user = (access & FaultCode.USER) != 0;
    boolean implicit =
        !user
            && (fields.number("cpl", 0, 3) == CPL_USER
                || (fields.optionalHex("acc64") & IMPLICIT_ACCESS) != 0);
    return new RecordedFact.Walk(
        fields.line(),
        fields.hex("addr"),
        kind(access),
        user,
        implicit,
        fields.optionalFlag("ac"),
        fields.hex("cr3"),
        elements(fields),
        fields.has("ad") ? updates(fields) : List.of(),
        fields.flag("ok") ? Optional.empty() : Optional.of(code(fields)));
  }

  private static AccessKind kind(long access) {
    if ((access & FaultCode.FETCH) != 0) {
      return AccessKind.FETCH;
    }
    return (access & FaultCode.WRITE) != 0 ? AccessKind.STORE : AccessKind.LOAD;
  }

  private static FaultCode code(RecordFields fields) throws BadRecording {
    return new FaultCode((int) (fields.hex("err") & PAGE_FAULT_CODE_BITS));
  }

  private static List<Element> elements(RecordFields fields) throws BadRecording {
    List<Element> elements = new ArrayList<>();
    for (List<?> row : fields.rows("el", 2, "[entry, level]")) {
      if (!(row.get(1) instanceof Long level) || level < 1 || level > 5) {
        throw fields.bad(
            "el", "must name levels from 1 to 5; record it again, or correct the line");
      }
      elements.add(new Element(fields.hex("el", row.get(0)), level.intValue()));
    }
    return elements;
  }

  private static List<BitUpdate> updates(RecordFields fields) throws BadRecording {
    List<BitUpdate> updates = new ArrayList<>();
    for (List<?> row : fields.rows("ad", 2, "[\"A\" or \"D\", address]")) {
      boolean dirty = "D".equals(row.getFirst());
      if (!dirty && !"A".equals(row.getFirst())) {
        throw fields.bad("ad", "must name A or D bits; record it again, or correct the line");
      }
      updates.add(new BitUpdate(dirty ? Bit.D : Bit.A, fields.hex("ad", row.get(1))));
    }
    return updates;
  }

  private static RecordedFact mode(RecordFields fields) throws BadRecording {
    return new RecordedFact.Mode(
        fields.line(),
        new ControlState(fields.hex("cr0"), 0, fields.hex("cr4"), fields.hex("efer")),
        new PagingRole(
            fields.number("levels", 0, 15),
            fields.flag("wp"),
            fields.flag("nx"),
            fields.flag("smep"),
            fields.flag("smap")));
  }

  private static RecordedFact written(RecordFields fields, ControlRegister register)
      throws BadRecording {
    return new RecordedFact.RegisterWritten(
        fields.line(), register, fields.hex("val"), fields.hex("old"), fields.optionalFlag("gp"));
  }

  private static RecordedFact probe(RecordFields fields) throws BadRecording {
    String access = fields.text("acc");
    AccessKind kind =
        switch (access) {
          case "read" -> AccessKind.LOAD;
          case "write", "rmw" -> AccessKind.STORE;
          case "fetch" -> AccessKind.FETCH;
          default ->
              throw fields.bad(
                  "acc", "must be read, write, fetch or rmw; record it again, or correct the line");
        };
    boolean faulted = fields.has("vec");
    return new RecordedFact.Probe(
        fields.line(),
        fields.hex("va"),
        kind,
        access.equals("rmw"),
        fields.number("cpl", 0, 3) == CPL_USER,
        fields.optionalFlag("ac"),
        new ControlState(
            fields.hex("cr0"), fields.hex("cr3"), fields.hex("cr4"), fields.hex("efer")),
        flush(fields),
        reported(fields),
        faulted ? OptionalInt.of(fields.number("vec", 0, 255)) : OptionalInt.empty(),
        faulted && fields.has("err") ? code(fields) : new FaultCode(0),
        faulted ? fields.optionalHex("cr2") : 0);
  }

  private static Flush flush(RecordFields fields) throws BadRecording {
    return switch (fields.number("flush", 0, 2)) {
      case 0 -> Flush.NONE;
      case 1 -> Flush.INVLPG;
      default -> Flush.MOV_CR3;
    };
  }

  private static List<ReportedEntry> reported(RecordFields fields) throws BadRecording {
    List<ReportedEntry> entries = new ArrayList<>();
    for (List<?> row : fields.rows("pt", 3, "[address, value before, value after]")) {
      entries.add(
          new ReportedEntry(
              fields.hex("pt", row.get(0)),
              fields.hex("pt", row.get(1)),
              fields.hex("pt", row.get(2))));
    }
    return entries;
  }
}
