package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.Emulator;
import io.vtlb.conformance.emulator.FetchTag;
import io.vtlb.conformance.emulator.Instruction;
import io.vtlb.conformance.emulator.MemoryImage;
import io.vtlb.conformance.emulator.MemoryLayout;
import io.vtlb.conformance.emulator.Probe;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Draws one situation of one mode: tables for the walk, a state, an access, and tagged data. */
final class SituationGenerator {

  private static final int FETCH_ALIGNMENT = 8;
  private static final long FIRST_PLACE = 0x2_0000;
  private static final int PSE36_BITS = 40;

  private final SplittableRandom choices;
  private final PagingMode mode;
  private final Profile profile;
  private final Walker walker;
  private final EntryDraw entries;
  private final MemoryImage memory = new MemoryImage();
  private final ControlState control;

  private SituationGenerator(SplittableRandom choices, PagingMode mode, Profile profile) {
    this.choices = choices;
    this.mode = mode;
    this.profile = profile;
    this.walker = new Walker(profile);
    this.entries = new EntryDraw(choices, mode, profile);
    boolean registers = !mode.levels().isEmpty() && !mode.level(0).inMemory();
    long root = Places.table(choices, mode.signExtended());
    root |= registers ? choices.nextInt(128) * (long) PdpteRegisters.COUNT * Long.BYTES : 0;
    this.control = StateDraw.state(choices, mode, root);
  }

  /** The next situation of a mode that the emulator can be asked about. */
  static Situation next(SplittableRandom choices, PagingMode mode, Profile profile) {
    while (true) {
      Situation drawn = new SituationGenerator(choices, mode, profile).draw();
      if (Emulator.accepts(drawn.probe())) {
        return drawn;
      }
    }
  }

  private Situation draw() {
    Instruction instruction = instruction();
    long address = address(instruction);
    int cpl = choices.nextInt(10) == 0 ? choices.nextInt(1, 3) : choices.nextInt(2) * 3;
    Probe bare =
        new Probe(
            control,
            cpl,
            choices.nextBoolean(),
            choices.nextInt(),
            instruction,
            address,
            choices.nextLong(),
            memory.words());
    Situation situation = new Situation(profile, bare);
    for (Access part : situation.parts(situation.set())) {
      if (mode.isCanonical(part.address())) {
        drawTables(part.page());
      }
    }
    drawUnusedPdpte(PageSize.page(address));
    return new Situation(profile, tagged(situation));
  }

  private Instruction instruction() {
    int kind = choices.nextInt(100);
    return kind < 10 ? Instruction.IMPLICIT_LOAD : pick(kind);
  }

  private static Instruction pick(int kind) {
    if (kind < 40) {
      return kind < 30 ? Instruction.LOAD_4 : Instruction.LOAD_8;
    }
    if (kind < 75) {
      return kind < 60 ? Instruction.STORE_4 : Instruction.STORE_8;
    }
    return Instruction.FETCH;
  }

  private long address(Instruction instruction) {
    int offset = offset(instruction);
    if (mode.levels().isEmpty()) {
      long place = Places.table(choices, false) | offset;
      // What comes after memory is not to be touched.
      return MemoryLayout.isFree(place + instruction.bytes()) ? place : FIRST_PLACE;
    }
    long address = choices.nextLong();
    if (mode.signExtended()) {
      address = (address & ~0x3F00_0000L) | Places.part(choices);
    }
    long page = mode.canonicalPage(PageSize.page(address));
    if (choices.nextInt(25) == 0) {
      offset = ownEntry(page);
    }
    long linear = mode.linear(page << PageSize.BASE_SHIFT) | offset;
    return mode.signExtended() && !instruction.isImplicit() && choices.nextInt(50) == 0
        ? linear ^ 1L << choices.nextInt(mode.linearBits() - 1, Long.SIZE)
        : linear;
  }

  /** The offset of the last entry of the walk in its table, which may be the page, too. */
  private int ownEntry(long page) {
    return mode.levels().getLast().index(page) * mode.format().bytes() & -Long.BYTES;
  }

  /** Some accesses cross into the next page. */
  private int offset(Instruction instruction) {
    int bytes = instruction.bytes();
    if (!instruction.isImplicit() && choices.nextInt(8) == 0) {
      return PageSize.BASE_BYTES - choices.nextInt(1, crossing(instruction));
    }
    boolean aligned = instruction.isImplicit() || instruction == Instruction.FETCH;
    int unit = aligned ? FETCH_ALIGNMENT : choices.nextBoolean() ? bytes : 1;
    return choices.nextInt((PageSize.BASE_BYTES - bytes) / unit + 1) * unit;
  }

  /** A fetch crosses with its first instruction: an exception of its second tells another place. */
  private static int crossing(Instruction instruction) {
    return instruction == Instruction.FETCH ? 5 : instruction.bytes();
  }

  /** Writes an entry wherever the walk for a page reads one, as far as it leads on. */
  private void drawTables(long page) {
    long table = control.cr3() & -PageSize.BASE_BYTES;
    int bytes = mode.format().bytes();
    for (Level level : mode.levels()) {
      int index = level.index(page);
      long address =
          level.inMemory()
              ? PageSize.address(table >>> PageSize.BASE_SHIFT, index * bytes)
              : UncheckedPdptes.address(control, index);
      if (!MemoryLayout.isFree(address)) {
        return;
      }
      if (memory.read(address, bytes) == 0) {
        memory.write(address, bytes, entries.entry(level));
      }
      long entry = memory.read(address, bytes) & (level.inMemory() ? -1 : ~UncheckedPdptes.IGNORED);
      if (walker.meaning(entry, level, mode, control) != EntryMeaning.TABLE) {
        return;
      }
      table = PageSize.address(mode.format().tableFrame(entry), 0);
    }
  }

  private void drawUnusedPdpte(long page) {
    if (control.paePaging() && choices.nextInt(20) == 0) {
      int index = mode.level(0).index(page) ^ 2;
      long address = UncheckedPdptes.address(control, index);
      if (!memory.isWritten(address)) {
        memory.write(address, Long.BYTES, entries.register(choices.nextBoolean(), 40));
      }
    }
  }

  /** The same probe with data, or an instruction, where the access leads. */
  private Probe tagged(Situation situation) {
    Probe bare = situation.probe();
    Instruction instruction = bare.instruction();
    long tag = choices.nextLong();
    long bytes = instruction == Instruction.FETCH ? FetchTag.word((int) tag) : tag;
    for (Access part : situation.parts(situation.set())) {
      OptionalLong physical = physical(part);
      if (physical.isPresent()) {
        long place = physical.getAsLong();
        boolean free = MemoryLayout.isFree(place) && MemoryLayout.isFree(place + part.bytes() - 1);
        boolean taken = memory.isWritten(place) || memory.isWritten(place + part.bytes() - 1);
        if (instruction == Instruction.FETCH && (!free || taken)) {
          // Nothing may run that was not placed to be run.
          instruction = Instruction.LOAD_4;
        } else if (free && !taken) {
          memory.write(place, part.bytes(), bytes);
        }
      }
      bytes >>>= part.bytes() * Byte.SIZE;
    }
    return new Probe(
        control,
        bare.cpl(),
        bare.alignmentCheck(),
        bare.pkru(),
        instruction,
        bare.address(),
        bare.value(),
        memory.words());
  }

  /** Where a part of the access leads, by the model or by what the emulator lets pass. */
  private OptionalLong physical(Access part) {
    if (!mode.isCanonical(part.address())) {
      return OptionalLong.empty();
    }
    GuestPhysicalMemory words = ModelMemory.of(memory.words());
    ControlState loaded =
        control.paePaging() ? control.with(UncheckedPdptes.of(control, words)) : control;
    GuestWalk walk = lenient().walk(words, loaded, part.page());
    return walk.end() instanceof GuestWalk.End.Reached(Translation translation)
        ? OptionalLong.of(
            PageSize.address(translation.frame(part.page()), PageSize.offset(part.address())))
        : OptionalLong.empty();
  }

  private Walker lenient() {
    boolean narrow = profile.physicalAddressBits() < PSE36_BITS;
    return narrow && mode.equals(PagingMode.TWO_LEVEL)
        ? new Walker(EmulatedProfile.reaching(PSE36_BITS))
        : walker;
  }
}
