package io.vtlb.model.operation;

/**
 * A schedule point: something that happens while the target handles the next event of the sequence,
 * right after one of its reads of guest memory.
 *
 * <p>It stands in a sequence before the operation whose event it interrupts. If that operation
 * causes no event, or its first event reads less, it does not happen.
 *
 * @param read which read of guest memory, from 1
 * @param operation what happens then: a store by another agent or another virtual CPU, or something
 *     that the host does to memory
 */
public record AtRead(int read, Operation operation) implements Operation {

  public AtRead {
    if (read < 1) {
      throw new IllegalArgumentException("reads are counted from 1: " + read);
    }
    if (!mayInterrupt(operation)) {
      throw new IllegalArgumentException("this cannot happen inside an event: " + operation);
    }
  }

  /** True for what may happen while an event is handled. */
  public static boolean mayInterrupt(Operation operation) {
    return switch (operation) {
      case AtRead nested -> false;
      case HostOperation.CreateMachine create -> false;
      case HostOperation.DestroyMachine destroy -> false;
      case HostOperation.StartDirtyLog start -> false;
      case HostOperation.HarvestDirtyLog harvest -> false;
      case HostOperation host -> true;
      case GuestOperation.Store store -> true;
      case GuestOperation.ForeignStore store -> true;
      case GuestOperation guest -> false;
    };
  }
}
