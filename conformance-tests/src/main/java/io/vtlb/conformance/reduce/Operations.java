package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangeAlignmentCheck;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/** What operations have in common: a virtual CPU, and mostly a linear address. */
final class Operations {

  private Operations() {}

  /** The same operation by another virtual CPU. */
  static GuestOperation by(GuestOperation operation, Vcpu vcpu) {
    return switch (operation) {
      case Load load -> new Load(vcpu, load.address(), load.bytes());
      case Store store -> new Store(vcpu, store.address(), store.value(), store.bytes());
      case Fetch fetch -> new Fetch(vcpu, fetch.address(), fetch.bytes());
      case ForeignStore store ->
          new ForeignStore(vcpu, store.physicalAddress(), store.value(), store.bytes());
      case InvalidatePage invalidate -> new InvalidatePage(vcpu, invalidate.address());
      case InvalidatePcid invalidate ->
          new InvalidatePcid(vcpu, invalidate.type(), invalidate.pcid(), invalidate.address());
      case WriteControl write -> new WriteControl(vcpu, write.register(), write.value());
      case WriteProtectionKeyRights write -> new WriteProtectionKeyRights(vcpu, write.value());
      case ChangeAlignmentCheck change -> new ChangeAlignmentCheck(vcpu, change.alignmentCheck());
      case ChangePrivilege change -> new ChangePrivilege(vcpu, change.cpl());
    };
  }

  /** The linear address that an operation is about, if it is about one. */
  static OptionalLong linear(GuestOperation operation) {
    return switch (operation) {
      case Load load -> OptionalLong.of(load.address());
      case Store store -> OptionalLong.of(store.address());
      case Fetch fetch -> OptionalLong.of(fetch.address());
      case InvalidatePage invalidate -> OptionalLong.of(invalidate.address());
      case InvalidatePcid invalidate ->
          invalidate.type() == InvalidationType.ADDRESS
              ? OptionalLong.of(invalidate.address())
              : OptionalLong.empty();
      case ForeignStore store -> OptionalLong.empty();
      case WriteControl write -> OptionalLong.empty();
      case WriteProtectionKeyRights write -> OptionalLong.empty();
      case ChangeAlignmentCheck change -> OptionalLong.empty();
      case ChangePrivilege change -> OptionalLong.empty();
    };
  }

  /** The same operation at another linear address, if it has one that counts. */
  static GuestOperation at(GuestOperation operation, LongUnaryOperator address) {
    return switch (operation) {
      case Load load -> new Load(load.vcpu(), address.applyAsLong(load.address()), load.bytes());
      case Store store ->
          new Store(
              store.vcpu(), address.applyAsLong(store.address()), store.value(), store.bytes());
      case Fetch fetch ->
          new Fetch(fetch.vcpu(), address.applyAsLong(fetch.address()), fetch.bytes());
      case InvalidatePage invalidate ->
          new InvalidatePage(invalidate.vcpu(), address.applyAsLong(invalidate.address()));
      case InvalidatePcid invalidate ->
          invalidate.type() == InvalidationType.ADDRESS
              ? new InvalidatePcid(
                  invalidate.vcpu(),
                  invalidate.type(),
                  invalidate.pcid(),
                  address.applyAsLong(invalidate.address()))
              : invalidate;
      case ForeignStore store -> store;
      case WriteControl write -> write;
      case WriteProtectionKeyRights write -> write;
      case ChangeAlignmentCheck change -> change;
      case ChangePrivilege change -> change;
    };
  }

  /** How many bytes an operation accesses at its linear address; one for what accesses none. */
  static int bytes(GuestOperation operation) {
    return switch (operation) {
      case Load load -> load.bytes();
      case Store store -> store.bytes();
      case Fetch fetch -> fetch.bytes();
      case InvalidatePage invalidate -> 1;
      case InvalidatePcid invalidate -> 1;
      case ForeignStore store -> 1;
      case WriteControl write -> 1;
      case WriteProtectionKeyRights write -> 1;
      case ChangeAlignmentCheck change -> 1;
      case ChangePrivilege change -> 1;
    };
  }
}
