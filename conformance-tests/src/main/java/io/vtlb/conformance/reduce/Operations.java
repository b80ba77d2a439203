package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import java.util.function.LongUnaryOperator;

/** The same operation with another virtual CPU or linear address. */
final class Operations {

  private Operations() {}

  static GuestOperation by(GuestOperation operation, Vcpu vcpu) {
    return switch (operation) {
      case Load load -> new Load(vcpu, load.address());
      case Store store -> new Store(vcpu, store.address(), store.value());
      case Fetch fetch -> new Fetch(vcpu, fetch.address());
      case ForeignStore store -> new ForeignStore(vcpu, store.physicalAddress(), store.value());
      case InvalidatePage invalidate -> new InvalidatePage(vcpu, invalidate.address());
      case WriteControl write -> new WriteControl(vcpu, write.register(), write.value());
      case ChangePrivilege change -> new ChangePrivilege(vcpu, change.cpl());
    };
  }

  static GuestOperation at(GuestOperation operation, LongUnaryOperator address) {
    return switch (operation) {
      case Load load -> new Load(load.vcpu(), address.applyAsLong(load.address()));
      case Store store ->
          new Store(store.vcpu(), address.applyAsLong(store.address()), store.value());
      case Fetch fetch -> new Fetch(fetch.vcpu(), address.applyAsLong(fetch.address()));
      case InvalidatePage invalidate ->
          new InvalidatePage(invalidate.vcpu(), address.applyAsLong(invalidate.address()));
      case ForeignStore store -> store;
      case WriteControl write -> write;
      case ChangePrivilege change -> change;
    };
  }
}
