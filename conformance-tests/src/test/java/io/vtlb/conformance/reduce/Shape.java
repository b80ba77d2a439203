package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a failure may depend on, by shapes that are hard on a reducer. */
enum Shape {
  NOTHING {
    @Override
    Predicate<Sequence> of(Sequence start) {
      return sequence -> true;
    }
  },
  TWO_OPERATIONS_ANYWHERE {
    @Override
    Predicate<Sequence> of(Sequence start) {
      return sequence -> has(sequence, Store.class) && has(sequence, Load.class);
    }
  },
  TWO_IN_ORDER {
    @Override
    Predicate<Sequence> of(Sequence start) {
      return sequence -> {
        int change = first(sequence, ChangePrivilege.class);
        int write = last(sequence, WriteControl.class);
        return change >= 0 && change < write;
      };
    }
  },
  SOMETHING_OF_THE_HOST_BEFORE_A_SCHEDULE_POINT {
    @Override
    Predicate<Sequence> of(Sequence start) {
      return sequence -> {
        int host = first(sequence, HostOperation.class);
        return host >= 0 && host < last(sequence, AtRead.class);
      };
    }
  },
  A_NUMBER_OF_OPERATIONS {
    @Override
    Predicate<Sequence> of(Sequence start) {
      return sequence -> sequence.operations().size() >= start.operations().size() / 3;
    }
  },
  PARITY_OF_THE_NUMBER {
    @Override
    Predicate<Sequence> of(Sequence start) {
      return sequence -> (start.operations().size() - sequence.operations().size()) % 2 == 0;
    }
  },
  PARITY_OF_THE_LOADS {
    @Override
    Predicate<Sequence> of(Sequence start) {
      long parity = count(start, Load.class) % 2;
      return sequence -> count(sequence, Load.class) % 2 == parity;
    }
  },
  EVERY_VIRTUAL_CPU {
    @Override
    Predicate<Sequence> of(Sequence start) {
      long vcpus = vcpus(start);
      return sequence -> vcpus(sequence) == vcpus;
    }
  },
  THE_WORLD_AS_IT_WAS {
    @Override
    Predicate<Sequence> of(Sequence start) {
      return sequence -> sequence.world().equals(start.world()) && !sequence.operations().isEmpty();
    }
  },
  THE_LAST_OPERATION_AS_IT_WAS {
    @Override
    Predicate<Sequence> of(Sequence start) {
      Operation last = start.operations().getLast();
      return sequence -> sequence.operations().contains(last);
    }
  };

  /** A failure of this shape, or a predicate that does not hold for a start that has none. */
  abstract Predicate<Sequence> of(Sequence start);

  private static boolean has(Sequence sequence, Class<? extends Operation> kind) {
    return count(sequence, kind) > 0;
  }

  private static long count(Sequence sequence, Class<? extends Operation> kind) {
    return sequence.operations().stream().filter(kind::isInstance).count();
  }

  private static int first(Sequence sequence, Class<? extends Operation> kind) {
    List<Operation> operations = sequence.operations();
    for (int i = 0; i < operations.size(); i++) {
      if (kind.isInstance(operations.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static int last(Sequence sequence, Class<? extends Operation> kind) {
    List<Operation> operations = sequence.operations();
    for (int i = operations.size() - 1; i >= 0; i--) {
      if (kind.isInstance(operations.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static long vcpus(Sequence sequence) {
    return sequence.operations().stream()
        .flatMap(operation -> Actions.guest(operation).stream())
        .map(GuestOperation::vcpu)
        .collect(Collectors.<Vcpu>toSet())
        .size();
  }
}
