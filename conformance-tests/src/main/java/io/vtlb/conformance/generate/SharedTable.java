package io.vtlb.conformance.generate;

import io.vtlb.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two entries name one table with different rights; pages are used through both, one right after
 * the other, and after an edit of the table again.
 */
final class SharedTable {

  private final Guest guest;
  private final CpuOutlook cpu;

  SharedTable(Guest guest) {
    this.guest = guest;
    this.cpu = guest.cpu;
  }

  List<Step> steps() {
    List<Operation> paving = new ArrayList<>();
    Optional<Route> found = Route.inFocus(guest, cpu, paving);
    if (found.isEmpty()) {
      return List.of();
    }
    Route one = found.get();
    int depth = sharingDepth(one);
    Route other = one.with(depth, one.otherIndex(guest, depth));
    long table = Route.frame(one.table(depth + 1));
    long missing = missing();
    boolean swapped = guest.chance(50);
    paving.addAll(named(one, depth, Route.entry(table, rights(swapped ? missing : 0))));
    paving.addAll(named(other, depth, Route.entry(table, rights(swapped ? 0 : missing))));
    one.openLeaf(guest, cpu, paving);
    boolean otherFirst = guest.chance(50);
    Route first = otherFirst ? other : one;
    Route second = otherFirst ? one : other;
    List<Step> steps = new ArrayList<>(8);
    steps.add(() -> paving);
    steps.add(() -> flushed(one, other));
    steps.add(() -> use(first, missing));
    steps.add(() -> use(second, missing));
    if (guest.chance(50)) {
      steps.add(() -> edited(one, first));
      steps.add(() -> use(second, missing));
      steps.add(() -> use(first, missing));
    }
    return steps;
  }

  /** Mostly the lowest tables are shared, sometimes those above. */
  private int sharingDepth(Route route) {
    int above = route.directory() - 1;
    return above >= 0 && route.terrain().mode().level(above).inMemory() && guest.chance(25)
        ? above
        : route.directory();
  }

  /** What one of the two does not allow. */
  private long missing() {
    int kind = guest.choices.nextInt(guest.canDisableExecution() && isWide() ? 5 : 4);
    return kind < 2 ? Route.WRITABLE : kind < 4 ? Route.USER : Route.EXECUTE_DISABLE;
  }

  private boolean isWide() {
    return guest.terrain().mode().format().bytes() == Long.BYTES;
  }

  private static long rights(long missing) {
    return missing == Route.EXECUTE_DISABLE ? Route.USABLE | missing : Route.USABLE & ~missing;
  }

  private List<Operation> named(Route route, int depth, long entry) {
    List<Operation> operations = new ArrayList<>(2);
    if (route.entry(guest, depth) != entry) {
      route.store(guest, cpu, depth, entry, operations);
    }
    return operations;
  }

  private List<Operation> flushed(Route one, Route other) {
    List<Operation> operations = new ArrayList<>(3);
    if (guest.chance(50)) {
      guest.flush(cpu, one.linear(), operations);
      guest.flush(cpu, other.linear(), operations);
    }
    return operations;
  }

  /** Mostly the access that the missing right is about. */
  private List<Operation> use(Route route, long missing) {
    List<Operation> operations = new ArrayList<>(2);
    boolean fitting = guest.chance(70);
    guest.enter(
        cpu,
        fitting ? missing == Route.USER ? 3 : cpu.cpl : 3 * guest.choices.nextInt(2),
        operations);
    long linear = route.linear();
    operations.add(
        fitting && missing == Route.WRITABLE
            ? guest.storeTo(cpu, linear)
            : fitting && missing == Route.EXECUTE_DISABLE
                ? guest.fetch(cpu, linear)
                : guest.touch(cpu, linear));
    return operations;
  }

  /** The shared leaf loses or gets a right, and one of the two pages is flushed, or both. */
  private List<Operation> edited(Route one, Route flushedFirst) {
    List<Operation> operations = new ArrayList<>(4);
    long leaf =
        one.leaf(guest) ^ (guest.chance(60) ? Route.WRITABLE : guest.chance(50) ? 1 : Route.DIRTY);
    one.store(guest, cpu, one.last(), leaf, operations);
    guest.flush(cpu, flushedFirst.linear(), operations);
    return operations;
  }
}
